using Orleans.Concurrency;
using Orleans.Placement;
using Sluice.Engine.Authorities;
using Sluice.GrainInterfaces;
using Sluice.Metering.Identity;

namespace Sluice.Grains;

/// <summary>
/// The authority of an API key. Most keys are used through one node, so the grain is placed where it is first called.
/// </summary>
[Reentrant, PreferLocalPlacement, GrainType("sluice-key")]
public sealed class ApiKeyGrain(AuthorityHost host, ActivationQueue activations, SyncGate gate)
    : AuthorityGrain(ScopeKind.Key, host, activations, gate), IApiKeyGrain;
