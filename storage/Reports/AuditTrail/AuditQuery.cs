namespace Sluice.Storage.Reports.AuditTrail;

/// <summary>A filter for audit entries; null matches anything.</summary>
/// <param name="From">First instant included.</param>
/// <param name="To">First instant excluded.</param>
/// <param name="Actor">The actor.</param>
/// <param name="Action">The action; a kind of target alone, such as <c>key</c>, matches all actions on it.</param>
/// <param name="Target">The target of the action.</param>
public sealed record AuditQuery(
    DateTimeOffset? From, DateTimeOffset? To, string? Actor, string? Action, string? Target);
