namespace Sluice.Storage.Projects;

/// <summary>A member's place in a project.</summary>
public readonly record struct ProjectPlace(long ProjectId, long MemberId);
