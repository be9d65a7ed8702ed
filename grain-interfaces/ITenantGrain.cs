using Orleans.CodeGeneration;

namespace Sluice.GrainInterfaces;

/// <summary>The authority of a tenant.</summary>
[Alias("sluice.tenant"), Version(1)]
public interface ITenantGrain : IAuthorityGrain;
