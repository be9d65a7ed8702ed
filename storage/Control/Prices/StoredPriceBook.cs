namespace Sluice.Storage.Control.Prices;

/// <summary>The prices of one currency from an instant on.</summary>
/// <param name="EffectiveFrom">When it comes into force.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Prices">Each pair of model and metric once, ordered by model and metric.</param>
public sealed record StoredPriceBook(
    DateTimeOffset EffectiveFrom, string Currency, IReadOnlyList<StoredPrice> Prices);
