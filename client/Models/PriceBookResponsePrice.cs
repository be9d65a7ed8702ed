// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record PriceBookResponsePrice
{
    /// <summary>The model's name, or <c>*</c> for every model without a price of its own.</summary>
    public required string Model { get; init; }

    /// <summary>The metric's name, such as <c>text_tokens</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>The number of whole units of the metric that the prices are for.</summary>
    public required long Per { get; init; }

    /// <summary>The price of so many units, in the book's currency.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The credits for so many units.</summary>
    public required decimal Credits { get; init; }
}
