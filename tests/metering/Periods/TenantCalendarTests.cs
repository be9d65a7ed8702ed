using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Sluice.Metering.Periods;
using Xunit;

namespace Sluice.Metering.Tests.Periods;

public sealed class TenantCalendarTests
{
    private const long HourMs = 3_600_000;
    private const string SaoPaulo = "America/Sao_Paulo";
    private const string StJohns = "America/St_Johns";
    private const string Kiritimati = "Pacific/Kiritimati";

    /// <summary>Zones that break the usual assumptions about days, and some ordinary ones.</summary>
    private static readonly TenantCalendar[] Calendars =
    [
        .. new[]
        {
            "UTC", "Asia/Tokyo", "Europe/Paris", "America/New_York", SaoPaulo, "Asia/Beirut", "Africa/Cairo",
            "Asia/Kathmandu", Kiritimati, "Pacific/Apia", "Pacific/Kwajalein", StJohns,
            "America/Havana", "Australia/Lord_Howe", "Pacific/Chatham", "Antarctica/Troll", "Asia/Gaza",
        }.Select(In),
    ];

    [Fact]
    public void Offsets_AreThoseOfTheClocks_FromTheStartOn()
    {
        var from = new DateTimeOffset(2026, 1, 1, 0, 10, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        var offsets = In("Europe/Paris").Offsets(from, from + (365 * 24 * HourMs));

        Assert.Equal(
            ["2026-01-01T00:10:00Z 1", "2026-03-29T01:00:00Z 2", "2026-10-25T01:00:00Z 1"],
            offsets.Select(static offset =>
            {
                var start = DateTimeOffset.FromUnixTimeMilliseconds(offset.StartMs);
                return $"{start:yyyy-MM-dd'T'HH:mm:ss'Z'} {offset.OffsetMs / HourMs}";
            }));
        Assert.Single(In("Asia/Kathmandu").Offsets(from, from + 1));
    }

    [Theory]
    // An ordinary month and day.
    [InlineData("UTC", "2026-11-21T00:54:00Z", "2026-11", "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z")]
    [InlineData("Asia/Tokyo", "2026-10-31T15:00:00Z", "2026-11", "2026-10-31T15:00:00Z", "2026-11-30T15:00:00Z")]
    [InlineData("Asia/Tokyo", "2026-10-31T14:59:59Z", "2026-10", "2026-09-30T15:00:00Z", "2026-10-31T15:00:00Z")]
    // Quarters of an hour, and the first zone on earth to see a new year.
    [InlineData("Asia/Kathmandu", "2026-12-31T18:15:00Z", "2027-01-01", "2026-12-31T18:15:00Z", "2027-01-01T18:15:00Z")]
    [InlineData(Kiritimati, "2026-12-31T10:00:00Z", "2027-01", "2026-12-31T10:00:00Z", "2027-01-31T10:00:00Z")]
    // A month with a spring forward is an hour short, one with a fall back an hour long.
    [InlineData("Europe/Paris", "2026-03-15T00:00:00Z", "2026-03", "2026-02-28T23:00:00Z", "2026-03-31T22:00:00Z")]
    [InlineData("Europe/Paris", "2026-10-15T00:00:00Z", "2026-10", "2026-09-30T22:00:00Z", "2026-10-31T23:00:00Z")]
    // Midnight is skipped: the day starts at 01:00.
    [InlineData(SaoPaulo, "2018-11-04T12:00:00Z", "2018-11-04", "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z")]
    [InlineData("Asia/Beirut", "2022-03-27T12:00:00Z", "2022-03-27", "2022-03-26T22:00:00Z", "2022-03-27T21:00:00Z")]
    // The hour before midnight is shown twice: the day before is 25 hours long.
    [InlineData(SaoPaulo, "2018-02-18T02:30:00Z", "2018-02-17", "2018-02-17T02:00:00Z", "2018-02-18T03:00:00Z")]
    // Clocks fell from 00:01 to 23:01: the evening that is shown again belongs to the day that has begun.
    [InlineData(StJohns, "2006-10-29T02:30:30Z", "2006-10-29", "2006-10-29T02:30:00Z", "2006-10-30T03:30:00Z")]
    [InlineData(StJohns, "2006-10-29T03:00:00Z", "2006-10-29", "2006-10-29T02:30:00Z", "2006-10-30T03:30:00Z")]
    // Samoa went from the 29th to the 31st.
    [InlineData("Pacific/Apia", "2011-12-30T09:59:59Z", "2011-12-29", "2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z")]
    [InlineData("Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-31", "2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z")]
    public void Current_KnowsWhatTheClocksDid(string zone, string now, string period, string start, string end)
    {
        Assert.True(PeriodKey.TryParse(period, out var key));
        var expected = new PeriodBounds(key, Ms(start), Ms(end));
        Assert.Equal(expected, In(zone).Current(key.Kind, Ms(now)));
        Assert.Equal(expected, In(zone).Of(key));
    }

    [Fact]
    public void ASkippedDay_IsEmpty_AndNextStepsOverIt()
    {
        var apia = In("Pacific/Apia");
        var skipped = apia.Of(PeriodKey.Day(2011, 12, 30));
        Assert.Equal(skipped.StartMs, skipped.EndMs);
        Assert.Equal(PeriodKey.Day(2011, 12, 31), apia.Next(apia.Of(PeriodKey.Day(2011, 12, 29))).Key);
    }

    [Fact]
    public void TheTotal_NeverEnds_AndFollowsItself()
    {
        var total = TenantCalendar.Utc.Current(PeriodKind.Total, TenantCalendar.EarliestMs);
        Assert.Equal(new PeriodBounds(PeriodKey.Total, long.MinValue, long.MaxValue), total);
        Assert.Equal(total, TenantCalendar.Utc.Of(PeriodKey.Total));
        Assert.Equal(total, TenantCalendar.Utc.Next(total));
        Assert.True(total.Contains(TenantCalendar.LatestMs));
    }

    [Theory]
    [InlineData("Asia/Tokio")]
    [InlineData("asia/tokyo")]
    [InlineData("")]
    [InlineData("UTC+05:45")]
    [InlineData("UTC-03")]
    [InlineData("+09:00")]
    [InlineData("JST-9")]
    public void TryCreate_RefusesWhatIsNoIanaZone_AndSaysSo(string zoneId)
    {
        Assert.False(TenantCalendar.TryCreate(zoneId, out var calendar, out var error));
        Assert.Null(calendar);
        Assert.Contains("IANA", error, StringComparison.Ordinal);
    }

    [Fact]
    public void InstantsWithoutAPeriod_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(
            () => TenantCalendar.Utc.Current(PeriodKind.Day, TenantCalendar.EarliestMs - 1));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => TenantCalendar.Utc.Current(PeriodKind.Month, TenantCalendar.LatestMs));
        Assert.Throws<ArgumentOutOfRangeException>(() => TenantCalendar.Utc.Of(PeriodKey.Month(2026, 13)));
        Assert.Throws<ArgumentOutOfRangeException>(() => TenantCalendar.Utc.Of(PeriodKey.Day(2026, 2, 29)));
        Assert.Throws<ArgumentOutOfRangeException>(() => TenantCalendar.Utc.Of(new PeriodKey(-202_611)));
    }

    [Fact]
    public void EveryInstantOfTheRange_HasAPeriod_InEveryZone()
    {
        foreach (var calendar in Calendars)
        {
            foreach (var nowMs in new[] { TenantCalendar.EarliestMs, TenantCalendar.LatestMs - 1 })
            {
                foreach (var kind in new[] { PeriodKind.Day, PeriodKind.Month })
                {
                    var bounds = calendar.Current(kind, nowMs);
                    Assert.True(bounds.Contains(nowMs));
                    Assert.Equal(bounds, calendar.Of(bounds.Key));
                }
            }
        }
    }

    [Fact]
    public void APeriod_HoldsItsInstants_IsFoundByItsKey_AndEndsWhereTheNextStarts()
    {
        var kinds = Gen.Elements(PeriodKind.Day, PeriodKind.Month).ToArbitrary();
        Prop.ForAll(Gen.Elements(Calendars).ToArbitrary(), kinds, Instants(), static (calendar, kind, nowMs) =>
        {
            var bounds = calendar.Current(kind, nowMs);
            var next = calendar.Next(bounds);
            return bounds.Contains(nowMs)
                && bounds.Key.Kind == kind
                && bounds == calendar.Current(kind, bounds.StartMs)
                && bounds == calendar.Current(kind, bounds.EndMs - 1)
                && bounds == calendar.Of(bounds.Key)
                && bounds.EndMs == next.StartMs
                && next.Key.Value > bounds.Key.Value;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));
    }

    [Fact]
    public void AMonth_IsTheUnionOfItsDays()
    {
        Prop.ForAll(Gen.Elements(Calendars).ToArbitrary(), Instants(), static (calendar, nowMs) =>
        {
            var month = calendar.Current(PeriodKind.Month, nowMs);
            var day = calendar.Current(PeriodKind.Day, month.StartMs);
            if (day.StartMs != month.StartMs)
                return false;
            while (day.EndMs < month.EndMs)
            {
                if (day.Key.Value / 100 != month.Key.Value)
                    return false;
                day = calendar.Next(day);
            }

            return day.EndMs == month.EndMs && day.Key.Value / 100 == month.Key.Value;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void SixtyYearsOfDays_NeverNameTheSameDayTwice_InAnyZone()
    {
        foreach (var calendar in Calendars)
        {
            var seen = new HashSet<PeriodKey>();
            var end = Ms("2030-01-01T00:00:00Z");
            var day = calendar.Current(PeriodKind.Day, TenantCalendar.EarliestMs);
            for (; day.StartMs < end; day = calendar.Next(day))
            {
                Assert.True(seen.Add(day.Key), $"{calendar.ZoneId} has {day.Key} twice");
                Assert.InRange(day.EndMs - day.StartMs, 22 * HourMs, 26 * HourMs);
            }
        }
    }

    private static Arbitrary<long> Instants()
    {
        // From March 1970, so that the start of the month is in range too.
        var day = Gen.Choose(60, 365 * 80);
        var millisecond = Gen.Choose(0, (24 * (int)HourMs) - 1);
        return (from d in day from ms in millisecond select (d * 24L * HourMs) + ms).ToArbitrary();
    }

    private static TenantCalendar In(string zone) =>
        TenantCalendar.TryCreate(zone, out var calendar, out var error)
            ? calendar
            : throw new ArgumentException(error, nameof(zone));

    private static long Ms(string instant) =>
        DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
