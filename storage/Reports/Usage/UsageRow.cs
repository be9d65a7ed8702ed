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

    public required short Metric { get; init; }

    /// <summary>The usage in the metric's smallest units.</summary>
    public required long Value { get; init; }
}
