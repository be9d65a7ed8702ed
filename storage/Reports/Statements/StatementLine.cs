namespace Sluice.Storage.Reports.Statements;

/// <summary>
/// The usage of a metric with one key and model. The lines of a statement cover all of its usage, once.
/// </summary>
public sealed record StatementLine
{
    /// <summary>The month of the statement, yyyymm.</summary>
    public required int Period { get; init; }

    /// <summary>
    /// The month of admission: the statement's own, or an earlier one whose statement was already closed when this
    /// usage was found.
    /// </summary>
    public required int UsagePeriod { get; init; }

    public required StatementHolder HolderKind { get; init; }

    /// <summary>The id of the member, the project or the seat.</summary>
    public required long HolderId { get; init; }

    /// <summary>The holder's name when the month was closed.</summary>
    public required string HolderName { get; init; }

    public required long KeyId { get; init; }

    public required string KeyName { get; init; }

    /// <summary>The member named by events; empty if they named none.</summary>
    public required string Member { get; init; }

    /// <summary>The model named by events; empty if they named none.</summary>
    public required string Model { get; init; }

    public required short Metric { get; init; }

    /// <summary>The usage in the metric's smallest units.</summary>
    public required long Value { get; init; }

    /// <summary>The part of the usage without a price.</summary>
    public required long Unpriced { get; init; }
}
