namespace Sluice.Storage.Statements;

/// <summary>
/// What was used of a metric with one key and model. The lines of a statement are all of its usage, once.
/// </summary>
public sealed record StatementLine
{
    /// <summary>The month of the statement, yyyymm.</summary>
    public required int Period { get; init; }

    /// <summary>
    /// The month that it was admitted in: the statement's own, or an earlier one whose statement had been closed when
    /// this was found.
    /// </summary>
    public required int UsagePeriod { get; init; }

    public required StatementHolder HolderKind { get; init; }

    /// <summary>The member, the project or the seat.</summary>
    public required long HolderId { get; init; }

    /// <summary>Its name when the month was closed.</summary>
    public required string HolderName { get; init; }

    public required long KeyId { get; init; }

    public required string KeyName { get; init; }

    /// <summary>As events named it; empty where they did not.</summary>
    public required string Member { get; init; }

    /// <summary>Likewise.</summary>
    public required string Model { get; init; }

    public required short Metric { get; init; }

    /// <summary>In the metric's smallest units.</summary>
    public required long Value { get; init; }

    /// <summary>The part of it that no price was found for.</summary>
    public required long Unpriced { get; init; }
}
