namespace Sluice.Storage.Reports.Statements;

/// <summary>
/// A statement's usage of a metric, either by month of admission and holder, or by model; what it is not by is null.
/// The parts of either kind cover all usage of the statement, once.
/// </summary>
public sealed record StatementPart
{
    /// <summary>The month of admission, yyyymm.</summary>
    public int? UsagePeriod { get; init; }

    public StatementHolder? HolderKind { get; init; }

    /// <summary>The id of the member, the project or the seat.</summary>
    public long? HolderId { get; init; }

    /// <summary>The holder's name; in a closed month, that of the day on which it was closed.</summary>
    public required string HolderName { get; init; }

    /// <summary>The model named by events; empty for those that named none.</summary>
    public string? Model { get; init; }

    public required short Metric { get; init; }

    /// <summary>The usage in the metric's smallest units.</summary>
    public required long Value { get; init; }

    /// <summary>The part of the usage without a price.</summary>
    public required long Unpriced { get; init; }
}
