using Orleans.CodeGeneration;

namespace Sluice.GrainInterfaces;

/// <summary>The authority of an API key.</summary>
[Alias("sluice.key"), Version(1)]
public interface IApiKeyGrain : IAuthorityGrain;
