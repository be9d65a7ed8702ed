// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>A metric as the API shows it.</summary>
public sealed record MetricResponse
{
    /// <summary>The metric's name, such as <c>text_tokens</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The most decimals of its amounts, 0 to 6.</summary>
    public required int Decimals { get; init; }

    /// <summary>What becomes of amounts with more decimals: refused, or rounded.</summary>
    public required string Rounding { get; init; }

    /// <summary>Whether it is computed from the price book; no event may name it.</summary>
    public required bool Derived { get; init; }

    /// <summary>Whether it is part of every installation.</summary>
    public required bool BuiltIn { get; init; }
}
