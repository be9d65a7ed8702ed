// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record GetStateCounter
{
    /// <summary>The metric's name, such as <c>text_tokens</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>The period, such as <c>2026-11</c>, <c>2026-11-21</c> or <c>total</c>.</summary>
    public required string Period { get; init; }

    /// <summary>What is used in the period, in the metric's units.</summary>
    public required decimal Used { get; init; }

    /// <summary>What reservations hold, in the metric's units.</summary>
    public required decimal Held { get; init; }

    /// <summary>The lowest blocked value in force, in the metric's units; null if nothing blocks.</summary>
    public required decimal? Limit { get; init; }

    /// <summary>The values of the warnings in force, in ascending order.</summary>
    public required IReadOnlyList<decimal> Warnings { get; init; }

    /// <summary><c>ok</c>, <c>warning</c> or <c>blocked</c>.</summary>
    public required string State { get; init; }
}
