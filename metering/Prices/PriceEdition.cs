using System.Collections.Immutable;

namespace Sluice.Metering.Prices;

/// <summary>A whole price list, as published by the operator. It replaces the previous one in its currency.</summary>
/// <param name="Id">Rises with every edition published; decides which of two with the same date is in force.</param>
/// <param name="Currency">Three capital letters (ISO 4217).</param>
/// <param name="EffectiveFromMs">First instant it is in force, Unix milliseconds.</param>
/// <param name="Prices">Its lines, in the order they were given, at most <see cref="MaxPrices"/>.</param>
public sealed record PriceEdition(long Id, string Currency, long EffectiveFromMs, ImmutableArray<PriceEntry> Prices)
{
    /// <summary>Maximum lines of one edition.</summary>
    public const int MaxPrices = 10_000;
}
