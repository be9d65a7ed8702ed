using Orleans.Concurrency;
using Sluice.Engine.Authorities;
using Sluice.GrainInterfaces;
using Sluice.Metering.Identity;

namespace Sluice.Grains;

/// <summary>The authority of a tenant.</summary>
[Reentrant, GrainType("sluice-tenant")]
public sealed class TenantGrain(AuthorityHost host, ActivationQueue activations)
    : AuthorityGrain(ScopeKind.Tenant, host, activations), ITenantGrain;
