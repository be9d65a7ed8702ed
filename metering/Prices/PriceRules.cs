using System.Collections.Immutable;
using Sluice.Metering.Metrics;

namespace Sluice.Metering.Prices;

/// <summary>Validates price lists.</summary>
public static class PriceRules
{
    /// <summary>
    /// Checks an edition and returns every broken rule, with the path of the field in the request
    /// (<c>prices[3].per</c>); empty means valid.
    /// </summary>
    public static ImmutableArray<FieldError> Check(PriceEdition edition, MetricCatalogue metrics)
    {
        var broken = ImmutableArray.CreateBuilder<FieldError>();
        if (edition.Currency.Length != 3 || !edition.Currency.All(char.IsAsciiLetterUpper))
            broken.Add(new("currency", "currency-form", "A currency is three capital letters, such as JPY."));
        if (edition.Prices.Length > PriceEdition.MaxPrices)
            broken.Add(new("prices", "too-many", $"A price list has at most {PriceEdition.MaxPrices} prices."));

        var seen = new Dictionary<(string Model, MetricId Metric), int>();
        for (var i = 0; i < edition.Prices.Length; i++)
        {
            var entry = edition.Prices[i];
            Check(entry, $"prices[{i}]", metrics, broken);
            if (!seen.TryAdd((entry.Model, entry.Metric), i))
            {
                broken.Add(new($"prices[{i}]", "duplicate",
                    $"prices[{seen[(entry.Model, entry.Metric)]}] has the same model and metric."));
            }
        }

        // Only valid lines have a meaningful denominator.
        if (broken.Count == 0)
            CheckDenominators(edition, metrics, broken);
        return broken.ToImmutable();
    }

    private static void Check(
        PriceEntry entry, string field, MetricCatalogue metrics, ImmutableArray<FieldError>.Builder broken)
    {
        if (!PriceEntry.IsModel(entry.Model))
        {
            broken.Add(new($"{field}.model", "model-form", "A model is * or a name of at most "
                + $"{PriceEntry.MaxModelLength} printable ASCII characters without spaces."));
        }

        if (!metrics.TryGet(entry.Metric, out var metric))
            broken.Add(new($"{field}.metric", "metric-unknown", "There is no such metric."));
        else if (metric.Derived)
            broken.Add(new($"{field}.metric", "metric-derived", $"{metric.Name} is what prices result in."));
        if (entry.PerUnits is < 1 or > PriceEntry.MaxPerUnits)
            broken.Add(new($"{field}.per", "per-range", $"A price is per 1 to {PriceEntry.MaxPerUnits} units."));
        CheckMicros(entry.AmountMicros, $"{field}.amount", "amount-range", broken);
        CheckMicros(entry.CreditsMicros, $"{field}.credits", "credits-range", broken);
    }

    private static void CheckMicros(
        long micros, string field, string rule, ImmutableArray<FieldError>.Builder broken)
    {
        if (micros is < 0 or > PriceEntry.MaxMicros)
            broken.Add(new(field, rule, $"A price is 0 to {PriceEntry.MaxMicros / 1_000_000}, with up to 6 decimals."));
    }

    /// <summary>
    /// Checks that the prices that can meet in one event add up exactly in integers, which needs a common denominator
    /// of bounded size. Anything per 1, 60, 1,000, 3,600 or 1,000,000 is far within it; a dozen different primes are
    /// not.
    /// </summary>
    private static void CheckDenominators(
        PriceEdition edition, MetricCatalogue metrics, ImmutableArray<FieldError>.Builder broken)
    {
        foreach (var (model, entries) in ModelPrices.ByModel(edition.Prices))
        {
            if (!ModelPrices.HaveCommonDenominator(entries, metrics))
            {
                broken.Add(new("prices", "per-incommensurable",
                    $"The prices of {model} are per quantities too different to be added up exactly; "
                    + "use multiples of each other, such as 1, 1000 and 1000000."));
            }
        }
    }
}
