// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>A price book as the API shows it.</summary>
public sealed record PriceBookResponse
{
    /// <summary>When it comes into force, in UTC.</summary>
    public required DateTimeOffset EffectiveFrom { get; init; }

    /// <summary>The ISO 4217 code of the currency, such as <c>JPY</c>.</summary>
    public required string Currency { get; init; }

    /// <summary>All prices, by model and metric.</summary>
    public required IReadOnlyList<PriceBookResponsePrice> Prices { get; init; }
}
