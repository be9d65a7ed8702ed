namespace Sluice.Storage.Audit;

/// <summary>Which entries are wanted; what is null does not matter.</summary>
/// <param name="From">The first instant.</param>
/// <param name="To">The first instant that is too late.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Action">
/// What was done; the thing alone, such as <c>key</c>, stands for all that was done to such.
/// </param>
/// <param name="Target">What it was done to.</param>
public sealed record AuditQuery(
    DateTimeOffset? From, DateTimeOffset? To, string? Actor, string? Action, string? Target);
