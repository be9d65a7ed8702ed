// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>The limit of a scope on a metric in one period, as it was set.</summary>
public sealed record LimitResponse
{
    /// <summary>The kind of scope whose usage it watches.</summary>
    public required string Scope { get; init; }

    /// <summary>The id of that scope, such as <c>k0000000001a</c>.</summary>
    public required string ScopeId { get; init; }

    /// <summary>The metric's name, such as <c>text_tokens</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>The period over which usage adds up.</summary>
    public required string Period { get; init; }

    /// <summary>Where the limit comes from.</summary>
    public required string Source { get; init; }

    /// <summary>The value at which requests are refused, in the metric's units; null for none.</summary>
    public required decimal? Blocked { get; init; }

    /// <summary>The values at which people are notified.</summary>
    public required IReadOnlyList<LimitResponseWarning> Warnings { get; init; }

    /// <summary>The addresses to notify that were set with it; empty for callers who may not see them.</summary>
    public required IReadOnlyList<string> Recipients { get; init; }

    /// <summary>The limits of this scope and metric in every period that has one; each holds by itself.</summary>
    public required IReadOnlyList<LimitResponseInPeriod> Limits { get; init; }
}
