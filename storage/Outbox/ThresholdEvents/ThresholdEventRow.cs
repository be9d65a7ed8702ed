using Sluice.Metering.Identity;
using Sluice.Metering.Limits;

namespace Sluice.Storage.Outbox.ThresholdEvents;

/// <summary>A threshold event, as recorded by its authority.</summary>
public sealed record ThresholdEventRow
{
    public required long Id { get; init; }

    public required long TenantId { get; init; }

    public required ThresholdEventKind Kind { get; init; }

    public required long LimitId { get; init; }

    public required LimitKind LimitKind { get; init; }

    public required LimitSource Source { get; init; }

    /// <summary>The threshold in the metric's smallest units, including boosts.</summary>
    public required long ValueUnits { get; init; }

    public required ScopeKind ScopeKind { get; init; }

    public required long ScopeId { get; init; }

    /// <summary>The metric's number.</summary>
    public required short Metric { get; init; }

    /// <summary>The period as in a counter's key: <c>202611</c>.</summary>
    public required int Period { get; init; }

    public required long UsedUnits { get; init; }

    /// <summary>The amount of the refused request; 0 if usage reached the threshold.</summary>
    public required long RefusedUnits { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The recipients set on the limit.</summary>
    public required string[] Recipients { get; init; }
}
