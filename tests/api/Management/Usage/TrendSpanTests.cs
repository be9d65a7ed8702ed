using Sluice.Api.Management.Usage;
using Sluice.Metering.Periods;
using Xunit;

namespace Sluice.Api.Tests.Management.Usage;

public sealed class TrendSpanTests
{
    [Theory]
    [InlineData("Asia/Tokyo", "2026-11-20T03:10:00Z", "2026-11-20T04:00:00Z")]
    [InlineData("Asia/Kolkata", "2026-11-20T03:10:00Z", "2026-11-20T03:30:00Z")]
    [InlineData("Asia/Kathmandu", "2026-11-20T03:10:00Z", "2026-11-20T03:15:00Z")]
    [InlineData("Europe/Paris", "2026-10-25T01:10:00Z", "2026-10-25T02:00:00Z")]
    [InlineData("UTC", "2026-11-20T00:00:00Z", "2026-11-20T01:00:00Z")]
    public void OneDay_Is24HoursOfTheZone_UpToTheRunningOne(string zone, string now, string end)
    {
        var bounds = TrendSpan.BoundsOf(Calendar(zone), 1, At(now));

        Assert.Equal(26, bounds.Count);
        Assert.Equal(At(end), bounds[^1]);
        Assert.Equal(TimeSpan.FromHours(24), bounds[1] - bounds[0]);
        for (var i = 2; i < bounds.Count; i++)
            Assert.Equal(TimeSpan.FromHours(1), bounds[i] - bounds[i - 1]);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(30)]
    public void SeveralDays_BeginAtMidnight_AndAreAsLongAsClocksMakeThem(int days)
    {
        // Clocks in Paris go back on 25 October and forward on 28 March.
        var autumn = TrendSpan.BoundsOf(Calendar("Europe/Paris"), days, At("2026-10-26T12:00:00Z"));
        var spring = TrendSpan.BoundsOf(Calendar("Europe/Paris"), days, At("2027-03-29T12:00:00Z"));

        Assert.Equal((days + 2, days + 2), (autumn.Count, spring.Count));
        Assert.Equal(At("2026-10-26T23:00:00Z"), autumn[^1]);
        Assert.Equal([24, 25, 24], Hours(autumn)[^3..]);
        Assert.Equal([24, 23, 24], Hours(spring)[^3..]);
        Assert.All(Hours(autumn)[1..^3], static hours => Assert.Equal(24, hours));
        Assert.Equal(24 * days, Hours(autumn)[0]);
    }

    [Fact]
    public void TheSpanBefore_HasAsManyDays_AlsoWhereAClockWasChangedInIt()
    {
        var bounds = TrendSpan.BoundsOf(Calendar("Europe/Paris"), 7, At("2026-11-01T12:00:00Z"));

        Assert.Equal(At("2026-10-18T22:00:00Z"), bounds[0]);
        Assert.Equal(At("2026-10-25T23:00:00Z"), bounds[1]);
    }

    private static List<double> Hours(IReadOnlyList<DateTimeOffset> bounds) =>
        [.. bounds.Zip(bounds.Skip(1), static (start, end) => (end - start).TotalHours)];

    private static TenantCalendar Calendar(string zone) =>
        TenantCalendar.TryCreate(zone, out var calendar, out var error)
            ? calendar
            : throw new ArgumentException(error, nameof(zone));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text);
}
