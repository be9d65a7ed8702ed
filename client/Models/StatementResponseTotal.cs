// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record StatementResponseTotal
{
    /// <summary>The metric's name, such as <c>text_tokens</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>The usage, in the metric's units; that of <c>amount</c> is in the tenant's currency.</summary>
    public required decimal Value { get; init; }

    /// <summary>The part of the value that had no price.</summary>
    public required decimal Unpriced { get; init; }
}
