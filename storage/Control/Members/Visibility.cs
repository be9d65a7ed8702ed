namespace Sluice.Storage.Control.Members;

/// <summary>
/// The part of a tenant that a plain member may see: its own projects, and its own keys and seat. Null means that
/// everything is visible.
/// </summary>
/// <param name="MemberId">The member whose keys and seat are visible.</param>
/// <param name="ProjectIds">The visible projects, with their keys.</param>
public sealed record Visibility(long MemberId, IReadOnlyList<long> ProjectIds);
