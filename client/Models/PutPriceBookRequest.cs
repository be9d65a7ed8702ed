// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record PutPriceBookRequest
{
    /// <summary>
    /// When it comes into force, in the years 1970 to 9998; usage admitted before is not rated again.
    /// </summary>
    public required DateTimeOffset EffectiveFrom { get; init; }

    /// <summary>
    /// The ISO 4217 code of the currency, such as <c>JPY</c>; the book applies to tenants with this currency.
    /// </summary>
    public required string Currency { get; init; }

    /// <summary>All prices, 1 to 10,000: a model or metric that is missing here is unpriced from then on.</summary>
    public required IReadOnlyList<PutPriceBookPrice> Prices { get; init; }
}
