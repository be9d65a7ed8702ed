using System.Diagnostics.CodeAnalysis;
using NodaTime;

namespace Sluice.Metering.Periods;

/// <summary>
/// Divides time into a tenant's days and months. A day starts at its first midnight and ends where the next one starts,
/// so days never overlap and leave no gaps, whatever the zone's clocks do: if midnight is skipped, the day starts at
/// the first instant after the gap; if clocks fall back over midnight, the repeated hour belongs to the day that has
/// already begun.
/// </summary>
/// <remarks>
/// Thread-safe. Lookups walk the zone's transitions; callers cache the bounds until an instant leaves them.
/// </remarks>
public sealed class TenantCalendar : IPeriodCalendar
{
    /// <summary>
    /// First instant with a period: 1970-01-02T00:00Z in Unix milliseconds, when every zone is in 1970.
    /// </summary>
    public const long EarliestMs = 86_400_000;

    /// <summary>
    /// First instant without a period: 9998-12-31T00:00Z in Unix milliseconds, so that every zone is in 9998 and every
    /// end has a date.
    /// </summary>
    public const long LatestMs = 253_370_678_400_000;

    /// <summary>The calendar of tenants without a zone of their own.</summary>
    public static readonly TenantCalendar Utc = new(DateTimeZone.Utc);

    private static readonly PeriodBounds Total = new(PeriodKey.Total, long.MinValue, long.MaxValue);

    private readonly DateTimeZone _zone;

    private TenantCalendar(DateTimeZone zone) => _zone = zone;

    /// <summary>The IANA id of the zone.</summary>
    public string ZoneId => _zone.Id;

    /// <summary>Creates the calendar of an IANA time zone, such as <c>Asia/Tokyo</c>.</summary>
    /// <param name="zoneId">The id as the time zone database spells it.</param>
    /// <param name="calendar">The calendar, or null.</param>
    /// <param name="error">The error in the id, as a sentence for the user who typed it, or null.</param>
    public static bool TryCreate(
        string zoneId,
        [NotNullWhen(true)] out TenantCalendar? calendar,
        [NotNullWhen(false)] out string? error)
    {
        // NodaTime also reads "UTC+05:45"; POSIX, and so PostgreSQL, reads the same text with the sign reversed. Only
        // names from the database mean the same everywhere.
        var zone = zoneId.StartsWith("UTC", StringComparison.Ordinal) && zoneId.Length > 3
            ? null
            : DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneId);
        calendar = zone is null ? null : new TenantCalendar(zone);
        error = zone is null
            ? "The time zone must be the name of an IANA time zone, such as Asia/Tokyo, Europe/Paris or UTC."
            : null;
        return zone is not null;
    }

    /// <summary>Gets the period that contains an instant.</summary>
    /// <param name="kind">The kind of period.</param>
    /// <param name="nowMs">Unix milliseconds, from <see cref="EarliestMs"/> to before <see cref="LatestMs"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The instant is out of range.</exception>
    public PeriodBounds Current(PeriodKind kind, long nowMs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(nowMs, EarliestMs);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(nowMs, LatestMs);
        if (kind == PeriodKind.Total)
            return Total;

        // The local date is only a first guess: after a fall back over midnight it shows the day before once more.
        var first = FirstDay(kind, Instant.FromUnixTimeMilliseconds(nowMs).InZone(_zone).Date);
        var bounds = Bounds(kind, first);
        while (nowMs >= bounds.EndMs)
        {
            first = Following(kind, first);
            bounds = Bounds(kind, first);
        }

        return bounds;
    }

    /// <summary>
    /// Gets the bounds of a period. A day that the zone skipped (when it crossed the date line) is empty: its start is
    /// its end.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The key is not a date, or outside the years 1970 to
    /// 9998.</exception>
    public PeriodBounds Of(PeriodKey key)
    {
        if (!key.IsDate)
            throw new ArgumentOutOfRangeException(nameof(key), key.Value, "not the key of a period");
        return key.Kind switch
        {
            PeriodKind.Month => Bounds(PeriodKind.Month, new LocalDate(key.Value / 100, key.Value % 100, 1)),
            PeriodKind.Day => Bounds(PeriodKind.Day,
                new LocalDate(key.Value / 10_000, key.Value / 100 % 100, key.Value % 100)),
            _ => Total,
        };
    }

    /// <summary>Gets the following period; the total is followed by itself.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Nothing follows before <see cref="LatestMs"/>.</exception>
    public PeriodBounds Next(PeriodBounds bounds) =>
        bounds.Key.Kind == PeriodKind.Total ? Total : Current(bounds.Key.Kind, bounds.EndMs);

    /// <summary>
    /// Lists the stretches of time in which the zone's clocks keep one distance from UTC, in order, so that an hour of
    /// the zone can be found by arithmetic. The first one starts at <paramref name="fromMs"/>.
    /// </summary>
    /// <param name="fromMs">The start, Unix milliseconds.</param>
    /// <param name="toMs">The end, Unix milliseconds, after the start.</param>
    public IReadOnlyList<ZoneOffset> Offsets(long fromMs, long toMs)
    {
        var offsets = new List<ZoneOffset>();
        var (from, to) = (Instant.FromUnixTimeMilliseconds(fromMs), Instant.FromUnixTimeMilliseconds(toMs));
        foreach (var interval in _zone.GetZoneIntervals(from, to))
        {
            var offsetMs = interval.WallOffset.Milliseconds;
            if (offsets.Count == 0)
                offsets.Add(new ZoneOffset(fromMs, offsetMs));
            else if (offsets[^1].OffsetMs != offsetMs)
                offsets.Add(new ZoneOffset(interval.Start.ToUnixTimeMilliseconds(), offsetMs));
        }

        return offsets;
    }

    private PeriodBounds Bounds(PeriodKind kind, LocalDate first)
    {
        var key = kind == PeriodKind.Month
            ? PeriodKey.Month(first.Year, first.Month)
            : PeriodKey.Day(first.Year, first.Month, first.Day);
        return new PeriodBounds(key, StartMs(first), StartMs(Following(kind, first)));
    }

    private static LocalDate FirstDay(PeriodKind kind, LocalDate date) =>
        kind == PeriodKind.Month ? new LocalDate(date.Year, date.Month, 1) : date;

    private static LocalDate Following(PeriodKind kind, LocalDate first) =>
        kind == PeriodKind.Month ? first.PlusMonths(1) : first.PlusDays(1);

    /// <summary>Gets when clocks first show the date's midnight, or the end of the gap that hides it.</summary>
    private long StartMs(LocalDate date)
    {
        var midnight = _zone.MapLocal(date.AtMidnight());
        var start = midnight.Count == 0
            ? midnight.LateInterval.Start
            : midnight.First().ToInstant();
        return start.ToUnixTimeMilliseconds();
    }
}
