using Orleans.Concurrency;
using Sluice.Engine.Authorities;
using Sluice.GrainInterfaces;
using Sluice.Metering.Identity;

namespace Sluice.Grains;

/// <summary>The authority of a project.</summary>
[Reentrant, GrainType("sluice-project")]
public sealed class ProjectGrain(AuthorityHost host, ActivationQueue activations, SyncGate gate)
    : AuthorityGrain(ScopeKind.Project, host, activations, gate), IProjectGrain;
