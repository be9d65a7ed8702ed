namespace Sluice.Storage.Control.Projects;

/// <summary>Identifies a member's place in a project.</summary>
public readonly record struct ProjectPlace(long ProjectId, long MemberId);
