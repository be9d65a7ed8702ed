using System.Collections.Immutable;
using Sluice.Metering.Metrics;

namespace Sluice.Metering.Prices;

/// <summary>
/// The prices that apply to one model: its own, and those for any model on metrics it has none for. Every line is kept
/// as an integer over one common denominator, so that an event adds up exactly in integers and is rounded once. A sum
/// of rounded lines would drift from the invoice by up to half a micro per line.
/// </summary>
public sealed class ModelPrices
{
    /// <summary>
    /// Maximum common denominator. With it the sum of an event at the maximum amount is below 10^33, a hundred thousand
    /// times below the end of 128 bits.
    /// </summary>
    private const ulong MaxDenominator = 1_000_000_000_000_000_000;

    private readonly Line[] _byMetric;
    private readonly ulong _denominator;
    private readonly UInt128 _ceiling;

    internal ModelPrices(IReadOnlyCollection<PriceEntry> entries, MetricCatalogue metrics)
    {
        if (!TryFindDenominator(entries, metrics, out _denominator))
            throw new ArgumentException("the prices have no common denominator", nameof(entries));

        // The highest sum that still rounds to the highest amount.
        _ceiling = ((UInt128)ScaledNumber.MaxUnits * _denominator) + ((_denominator - 1) / 2);
        _byMetric = new Line[entries.Count == 0 ? 0 : entries.Max(static e => e.Metric.Value) + 1];
        foreach (var entry in entries)
        {
            var fraction = Fraction.Of(entry, metrics);
            var scale = _denominator / fraction.Denominator;
            var amount = (UInt128)fraction.Amount * scale;
            var credits = (UInt128)fraction.Credits * scale;
            _byMetric[entry.Metric.Value] = new Line(true, amount, credits, MaxUnits(UInt128.Max(amount, credits)));
        }
    }

    /// <summary>
    /// Rates an event: the exact sum over its quantities, rounded once to six decimals, half away from zero. Allocates
    /// nothing.
    /// </summary>
    /// <remarks>
    /// A quantity without a price counts as unpriced, with two exceptions: one of zero units, and
    /// <see cref="MetricId.Requests"/>. That metric counts automatically in every event; an operator who doesn't price
    /// it would otherwise see every event marked.
    /// </remarks>
    /// <param name="quantities">The quantities used, at most <see cref="Rating.MaxQuantities"/>.</param>
    /// <exception cref="ArgumentException">Too many quantities, or one is negative.</exception>
    public Rating Rate(ReadOnlySpan<Quantity> quantities)
    {
        if (quantities.Length > Rating.MaxQuantities)
            throw new ArgumentException("more quantities than an event may have", nameof(quantities));

        UInt128 amount = 0;
        UInt128 credits = 0;
        ulong unpriced = 0;
        for (var i = 0; i < quantities.Length; i++)
        {
            var (metric, units) = quantities[i];
            ArgumentOutOfRangeException.ThrowIfNegative(units, nameof(quantities));
            var line = metric.Value < _byMetric.Length ? _byMetric[metric.Value] : default;
            if (!line.Priced)
            {
                if (units > 0 && metric != MetricId.Requests)
                    unpriced |= 1UL << i;
                continue;
            }

            // One line stays below the ceiling by this check, the sum by the next; neither can wrap in between.
            if (units > line.MaxUnits)
                return Rating.TooLarge;
            amount += line.Amount * (ulong)units;
            credits += line.Credits * (ulong)units;
            if (amount > _ceiling || credits > _ceiling)
                return Rating.TooLarge;
        }

        return new Rating(RatingOutcome.Rated, Rounded(amount), Rounded(credits), unpriced);
    }

    /// <summary>Rates a single quantity.</summary>
    /// <inheritdoc cref="Rate(ReadOnlySpan{Quantity})"/>
    public Rating Rate(MetricId metric, long units) => Rate([new Quantity(metric, units)]);

    /// <summary>
    /// Lists the lines that apply to each model named in a list: its own, then those for any model on metrics it has
    /// none for. Always includes <see cref="PriceEntry.AnyModel"/>.
    /// </summary>
    internal static IEnumerable<(string Model, IReadOnlyCollection<PriceEntry> Entries)> ByModel(
        ImmutableArray<PriceEntry> entries)
    {
        var byModel = entries.ToLookup(static e => e.Model, StringComparer.Ordinal);
        var general = byModel[PriceEntry.AnyModel].ToArray();
        yield return (PriceEntry.AnyModel, general);
        foreach (var model in byModel)
        {
            if (string.Equals(model.Key, PriceEntry.AnyModel, StringComparison.Ordinal))
                continue;
            var own = model.Select(static e => e.Metric).ToHashSet();
            yield return (model.Key, [.. model, .. general.Where(e => !own.Contains(e.Metric))]);
        }
    }

    internal static bool HaveCommonDenominator(IReadOnlyCollection<PriceEntry> entries, MetricCatalogue metrics) =>
        TryFindDenominator(entries, metrics, out _);

    private static bool TryFindDenominator(
        IReadOnlyCollection<PriceEntry> entries, MetricCatalogue metrics, out ulong denominator)
    {
        UInt128 common = 1;
        foreach (var entry in entries)
        {
            var next = Fraction.Of(entry, metrics).Denominator;
            common *= next / Fraction.GreatestCommonDivisor((ulong)common, next);
            if (common > MaxDenominator)
            {
                denominator = 0;
                return false;
            }
        }

        denominator = (ulong)common;
        return true;
    }

    private long MaxUnits(UInt128 pricePerUnit)
    {
        if (pricePerUnit == 0)
            return long.MaxValue;
        var most = _ceiling / pricePerUnit;
        return most > long.MaxValue ? long.MaxValue : (long)most;
    }

    private long Rounded(UInt128 sum)
    {
        // Nearly every sum fits 64 bits, where division is one instruction.
        if (sum <= ulong.MaxValue)
        {
            var (whole, rest) = Math.DivRem((ulong)sum, _denominator);
            return (long)whole + (rest >= _denominator - rest ? 1 : 0);
        }

        var (high, left) = UInt128.DivRem(sum, _denominator);
        return (long)high + (left >= _denominator - left ? 1 : 0);
    }

    /// <summary>A line over the common denominator: micros × denominator for one smallest unit.</summary>
    private readonly record struct Line(bool Priced, UInt128 Amount, UInt128 Credits, long MaxUnits);
}
