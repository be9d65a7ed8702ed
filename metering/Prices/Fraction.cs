using Sluice.Metering.Metrics;

namespace Sluice.Metering.Prices;

/// <summary>A price in micros per smallest unit of its metric, in lowest terms.</summary>
internal readonly record struct Fraction(ulong Amount, ulong Credits, ulong Denominator)
{
    public static Fraction Of(PriceEntry entry, MetricCatalogue metrics)
    {
        // At most 10^9 units of 10^6 parts each.
        var denominator = (ulong)(entry.PerUnits * metrics[entry.Metric].UnitsPerWhole);
        var amount = (ulong)entry.AmountMicros;
        var credits = (ulong)entry.CreditsMicros;
        var divisor = GreatestCommonDivisor(GreatestCommonDivisor(denominator, amount), credits);
        return new Fraction(amount / divisor, credits / divisor, denominator / divisor);
    }

    public static ulong GreatestCommonDivisor(ulong a, ulong b)
    {
        while (b != 0)
            (a, b) = (b, a % b);
        return a;
    }
}
