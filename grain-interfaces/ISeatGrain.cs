using Orleans.CodeGeneration;

namespace Sluice.GrainInterfaces;

/// <summary>The authority of a seat.</summary>
[Alias("sluice.seat"), Version(1)]
public interface ISeatGrain : IAuthorityGrain;
