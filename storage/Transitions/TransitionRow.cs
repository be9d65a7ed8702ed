using Sluice.Metering.Identity;
using Sluice.Metering.Limits;

namespace Sluice.Storage.Transitions;

/// <summary>What happened to a threshold, as its authority has written it down.</summary>
public sealed record TransitionRow
{
    public required long Id { get; init; }

    public required long TenantId { get; init; }

    public required TransitionKind Kind { get; init; }

    public required long LimitId { get; init; }

    public required LimitKind LimitKind { get; init; }

    public required LimitSource Source { get; init; }

    /// <summary>The threshold in the metric's smallest units, boosts included.</summary>
    public required long ValueUnits { get; init; }

    public required ScopeKind ScopeKind { get; init; }

    public required long ScopeId { get; init; }

    /// <summary>The metric's number.</summary>
    public required short Metric { get; init; }

    /// <summary>As in a counter's key: <c>202611</c>.</summary>
    public required int Period { get; init; }

    public required long UsedUnits { get; init; }

    /// <summary>What the refused request asked for; 0 where usage reached the threshold.</summary>
    public required long RefusedUnits { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Those set on the limit.</summary>
    public required string[] Recipients { get; init; }
}
