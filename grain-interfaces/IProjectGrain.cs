using Orleans.CodeGeneration;

namespace Sluice.GrainInterfaces;

/// <summary>The authority of a project.</summary>
[Alias("sluice.project"), Version(1)]
public interface IProjectGrain : IAuthorityGrain;
