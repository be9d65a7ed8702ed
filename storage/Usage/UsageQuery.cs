using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Storage.Members;

namespace Sluice.Storage.Usage;

/// <summary>Which usage to add up, and by what.</summary>
/// <param name="TenantId">Whose.</param>
/// <param name="Calendar">The tenant's; says what a day and a month is.</param>
/// <param name="From">From the quarter hour on that this falls into.</param>
/// <param name="To">Up to the quarter hour that this falls into, or to it where it starts one.</param>
/// <param name="Metric">Null for every metric.</param>
/// <param name="ProjectId">Null for all usage, that of no project included.</param>
/// <param name="KeyId">Null for every key.</param>
/// <param name="SeatId">Null for all usage, likewise.</param>
/// <param name="Member">Null for everybody's.</param>
/// <param name="Model">Null for every model.</param>
/// <param name="Visibility">What of it may be shown; null for all.</param>
/// <param name="OwnedBy">
/// Only what this member used: with the own personal and seat keys, or labelled with the member's id. Null for all.
/// </param>
/// <param name="GroupBy">The groups, in the order of the columns.</param>
public sealed record UsageQuery(
    long TenantId,
    TenantCalendar Calendar,
    DateTimeOffset From,
    DateTimeOffset To,
    MetricId? Metric,
    long? ProjectId,
    long? KeyId,
    long? SeatId,
    string? Member,
    string? Model,
    Visibility? Visibility,
    long? OwnedBy,
    IReadOnlyList<UsageGroup> GroupBy)
{
    /// <summary>Most rows an answer has; more is refused, not cut.</summary>
    public const int MaxRows = 50_000;

    /// <summary>Longest time from <see cref="From"/> to <see cref="To"/>: ten years.</summary>
    public static readonly TimeSpan MaxSpan = TimeSpan.FromDays(3_660);
}
