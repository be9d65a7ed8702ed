using Sluice.Metering.Identity;
using Sluice.Metering.Limits;
using Sluice.Metering.Periods;

namespace Sluice.Storage.Control.Limits;

/// <summary>One threshold as stored in its row.</summary>
public sealed record StoredLimit
{
    /// <summary>The row's id; unchanged while the threshold's value is.</summary>
    public required long Id { get; init; }

    public required ScopeKind ScopeKind { get; init; }

    public required long ScopeId { get; init; }

    public ScopeId Scope => new(ScopeKind, ScopeId);

    public required short Metric { get; init; }

    public required PeriodKind Period { get; init; }

    public required LimitKind Kind { get; init; }

    public required LimitSource Source { get; init; }

    /// <summary>The value in the metric's smallest units.</summary>
    public required long Value { get; init; }

    /// <summary>
    /// The percentage of the blocked value that a warning was set as; null if it was set as a value.
    /// </summary>
    public decimal? Percent { get; init; }

    public long? BoostId { get; init; }

    public long? BoostedValue { get; init; }

    public DateTimeOffset? BoostedUntil { get; init; }

    public string? BoostedBy { get; init; }

    public DateTimeOffset? BoostedAt { get; init; }

    /// <summary>Gets the value in force at an instant.</summary>
    public long ValueAt(DateTimeOffset now) =>
        now < BoostedUntil && BoostedValue is { } boosted && boosted > Value ? boosted : Value;

    /// <summary>Gets the threshold without its boost.</summary>
    public Threshold Threshold => new(Kind, Value, Percent);

    public required string[] Recipients { get; init; }

    public string? Language { get; init; }
}
