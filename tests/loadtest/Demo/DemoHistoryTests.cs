using Sluice.Client.Models;
using Sluice.LoadTest.Demo;
using Sluice.LoadTest.Demo.Platform;
using Sluice.LoadTest.Demo.Prices;
using Xunit;

namespace Sluice.LoadTest.Tests.Demo;

public sealed class DemoHistoryTests
{
    private const int PerDay = 100;

    /// <summary>A Wednesday in winter, and one some days after clocks were put forward in Paris.</summary>
    [Theory]
    [InlineData("2026-01-14T15:30:00Z")]
    [InlineData("2026-04-01T15:30:00Z")]
    public void History_HasWeekdays_Grows_AndEndsBeforeNow(string instant)
    {
        var now = DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
        var items = new DemoHistory(now, zone, seed: 7).Of("k1", 0, PerDay, DemoMix.Text).ToList();

        Assert.All(items, item => Assert.InRange(item.At!.Value, now.AddDays(-DemoHistory.Days), now.AddHours(-1)));
        Assert.Equal(items.Count, items.Select(static item => item.Id).Distinct().Count());
        Assert.Equal(items.Select(Cost), new DemoHistory(now, zone, 7).Of("k1", 0, PerDay, DemoMix.Text).Select(Cost));

        var days = items.GroupBy(item => TimeZoneInfo.ConvertTime(item.At!.Value, zone).Date)
            .ToDictionary(static day => day.Key, static day => day.Sum(Cost));
        var today = TimeZoneInfo.ConvertTime(now, zone).Date;
        // Days of whole hours of work: neither the first nor today's.
        var (firstWeek, lastWeek) = (WeekOf(days, today.AddDays(-28)), WeekOf(days, today.AddDays(-7)));
        Assert.InRange(lastWeek.Workday / firstWeek.Workday, 1.1m, 1.5m);
        Assert.InRange(lastWeek.Weekend / lastWeek.Workday, 0.2m, 0.4m);
        Assert.InRange(lastWeek.Workday, PerDay * 0.8m, PerDay * 1.1m);
    }

    [Fact]
    public void EveryModelOfAMix_HasAPrice()
    {
        foreach (var (model, _, _) in DemoMix.Text.Parts.Concat(DemoMix.Speech.Parts))
            Assert.InRange(DemoPrices.UnitsPerCurrency(model), 1, 100_000_000);
    }

    private static decimal Cost(BatchItem item) =>
        item.Metrics.First(static m => m.Key != "requests").Value / DemoPrices.UnitsPerCurrency(item.Model!);

    private static (decimal Workday, decimal Weekend) WeekOf(Dictionary<DateTime, decimal> days, DateTime from)
    {
        var week = Enumerable.Range(0, 7).Select(day => from.AddDays(day)).ToLookup(
            static day => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday, day => days[day]);
        return (week[false].Average(), week[true].Average());
    }
}
