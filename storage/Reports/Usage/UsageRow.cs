using System.Globalization;
using Sluice.Metering.Periods;

namespace Sluice.Storage.Reports.Usage;

/// <summary>One sum. Only the columns of the requested groups are set.</summary>
public sealed record UsageRow
{
    public PeriodKey? Month { get; init; }

    public PeriodKey? Day { get; init; }

    /// <summary>The start of the hour.</summary>
    public DateTimeOffset? Hour { get; init; }

    /// <summary>The project; 0 for usage of no project.</summary>
    public long? ProjectId { get; init; }

    public long? KeyId { get; init; }

    /// <summary>The seat; 0 for usage of no seat.</summary>
    public long? SeatId { get; init; }

    /// <summary>The member; empty if events named none.</summary>
    public string? Member { get; init; }

    /// <summary>The model; empty if events named none.</summary>
    public string? Model { get; init; }

    /// <summary>Whether it is the sum of all values that were not kept; the group of these is null then.</summary>
    public bool IsOther { get; init; }

    public required short Metric { get; init; }

    /// <summary>The usage in the metric's smallest units.</summary>
    public required long Value { get; init; }

    /// <summary>Returns the value of a group that is not a time, as a text; null if there is none.</summary>
    public string? TextOf(UsageGroup group) => group switch
    {
        UsageGroup.Project => ProjectId?.ToString(CultureInfo.InvariantCulture),
        UsageGroup.Key => KeyId?.ToString(CultureInfo.InvariantCulture),
        UsageGroup.Seat => SeatId?.ToString(CultureInfo.InvariantCulture),
        UsageGroup.Member => Member,
        UsageGroup.Model => Model,
        _ => throw new ArgumentOutOfRangeException(nameof(group), group, "a time has no text"),
    };
}
