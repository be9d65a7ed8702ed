using Sluice.Metering.Periods;

namespace Sluice.Storage.Usage;

/// <summary>One sum. Only the columns of the groups asked for are set.</summary>
public sealed record UsageRow
{
    public PeriodKey? Month { get; init; }

    public PeriodKey? Day { get; init; }

    /// <summary>The instant the hour starts.</summary>
    public DateTimeOffset? Hour { get; init; }

    /// <summary>0 for usage of no project.</summary>
    public long? ProjectId { get; init; }

    public long? KeyId { get; init; }

    /// <summary>0 for usage of no seat.</summary>
    public long? SeatId { get; init; }

    /// <summary>Empty where events named none.</summary>
    public string? Member { get; init; }

    /// <summary>Empty where events named none.</summary>
    public string? Model { get; init; }

    public required short Metric { get; init; }

    /// <summary>In the metric's smallest units.</summary>
    public required long Value { get; init; }
}
