using Orleans.Concurrency;
using Sluice.Engine.Authorities;
using Sluice.GrainInterfaces;
using Sluice.Metering.Identity;

namespace Sluice.Grains;

/// <summary>The authority of a tenant.</summary>
[Reentrant, GrainType("sluice-tenant")]
public sealed class TenantGrain(AuthorityHost host, ActivationQueue activations, SyncGate gate)
    : AuthorityGrain(ScopeKind.Tenant, host, activations, gate), ITenantGrain;
