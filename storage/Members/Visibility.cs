namespace Sluice.Storage.Members;

/// <summary>
/// What of its tenant a plain member is shown: its own projects, and what it holds itself. Null stands for those who
/// see everything.
/// </summary>
/// <param name="MemberId">Whose keys and seat are shown.</param>
/// <param name="ProjectIds">Which projects, with their keys.</param>
public sealed record Visibility(long MemberId, IReadOnlyList<long> ProjectIds);
