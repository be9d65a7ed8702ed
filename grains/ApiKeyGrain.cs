using Orleans.Concurrency;
using Orleans.Placement;
using Sluice.Engine.Authorities;
using Sluice.GrainInterfaces;
using Sluice.Metering.Identity;

namespace Sluice.Grains;

/// <summary>The authority of an API key. Most are used through one node, so it lives where it is first asked.</summary>
[Reentrant, PreferLocalPlacement, GrainType("sluice-key")]
public sealed class ApiKeyGrain(AuthorityHost host, ActivationQueue activations)
    : AuthorityGrain(ScopeKind.Key, host, activations), IApiKeyGrain;
