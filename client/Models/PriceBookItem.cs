// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>A dated price book; its prices are at <c>/api/v1/price-book?currency&amp;amp;at</c>.</summary>
public sealed record PriceBookItem
{
    /// <summary>The price book's id, such as <c>r0000000001a</c>.</summary>
    public required string Id { get; init; }

    /// <summary>When it comes into force, in UTC.</summary>
    public required DateTimeOffset EffectiveFrom { get; init; }

    /// <summary>The ISO 4217 code of the currency, such as <c>JPY</c>.</summary>
    public required string Currency { get; init; }

    /// <summary>Whether usage is rated by it now, was before, or will be.</summary>
    public required string State { get; init; }

    /// <summary>When it was created, in UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The number of its prices.</summary>
    public required int Prices { get; init; }
}
