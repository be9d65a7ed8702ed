using Sluice.Client.Models;
using Sluice.LoadTest.Demo.Prices;
using Sluice.LoadTest.Traffic;

namespace Sluice.LoadTest.Demo.Platform;

/// <summary>
/// Usage of the last 34 days, a sum for each hour of work of a key: less at weekends, growing, and the same for the
/// same seed.
/// </summary>
internal sealed class DemoHistory(DateTimeOffset now, TimeZoneInfo zone, long seed)
{
    public const int Days = 34;

    private const double WeekendShare = 0.3;
    private const double GrowthPerDay = 0.018;
    private const double Spread = 0.35;

    /// <summary>About what one request uses of a metric.</summary>
    private const decimal TokensPerRequest = 1_366, SecondsPerRequest = 95;

    /// <summary>How busy the hours of a day are, from 7 o'clock on.</summary>
    private static readonly double[] Hours =
        [0.02, 0.06, 0.11, 0.12, 0.10, 0.06, 0.09, 0.11, 0.11, 0.09, 0.07, 0.04, 0.02];

    private const int FirstHour = 7;

    /// <summary>Gets the usage of one key.</summary>
    /// <param name="keyId">The key.</param>
    /// <param name="number">Draws another sequence for each key.</param>
    /// <param name="perDay">About what it costs on a weekday, in the demo's currency.</param>
    /// <param name="mix">What it uses.</param>
    public IEnumerable<BatchItem> Of(string keyId, int number, double perDay, DemoMix mix)
    {
        var today = TimeZoneInfo.ConvertTime(now, zone).Date;
        for (var day = 0; day <= Days; day++)
        {
            var date = today.AddDays(day - Days);
            var weekend = date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
            var cost = perDay * (weekend ? WeekendShare : 1) * (1 + (GrowthPerDay * day)) / (1 + (GrowthPerDay * Days));
            for (var hour = 0; hour < Hours.Length; hour++)
            {
                var local = date.AddHours(FirstHour + hour);
                // The hour that a clock skips in spring does not exist.
                if (zone.IsInvalidTime(local))
                    continue;
                var at = new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
                if (at < now.AddDays(-Days) || at > now.AddHours(-1))
                    continue;
                yield return ItemOf(keyId, at, (((number * 100) + day) * 24) + hour, cost * Hours[hour], mix);
            }
        }
    }

    private BatchItem ItemOf(string keyId, DateTimeOffset at, int draw, double cost, DemoMix mix)
    {
        var noise = 1 + (Spread * ((2 * SeededBits.UnitAt(seed, 2 * draw)) - 1));
        var (model, metric) = mix.PartAt(SeededBits.UnitAt(seed, (2 * draw) + 1));
        var units = decimal.Round((decimal)(cost * noise) * DemoPrices.UnitsPerCurrency(model));
        var perRequest = metric == "text_tokens" ? TokensPerRequest : SecondsPerRequest;
        return new BatchItem
        {
            KeyId = keyId,
            // Amounts go by the distance from today: another day's run is other usage.
            Id = $"demo-{now:yyyyMMdd}-{at:yyyyMMddHH}",
            Mode = "record",
            Model = model,
            At = at,
            Metrics = new Dictionary<string, decimal>
            {
                [metric] = units,
                ["requests"] = decimal.Ceiling(units / perRequest),
            },
        };
    }
}
