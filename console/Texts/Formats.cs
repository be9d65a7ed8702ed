using System.Globalization;
using System.Text;

namespace Sluice.WebConsole.Texts;

/// <summary>How numbers and times are written: in a language, and in the time zone of a tenant.</summary>
/// <param name="language">The language.</param>
/// <param name="zone">The time zone; UTC where there is no tenant.</param>
public sealed class Formats(Language language, TimeZoneInfo zone)
{
    private static readonly string[] EnglishMonths =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    private static readonly string[] FrenchMonths =
        ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."];

    /// <summary>The IANA name of the zone of all times.</summary>
    public string ZoneName => zone.Id;

    /// <summary>Returns the zone of a name; UTC if it is unknown on this machine.</summary>
    public static TimeZoneInfo ZoneOf(string? name) =>
        name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>Writes a number in full, with its decimals.</summary>
    public string Number(decimal value)
    {
        var text = Math.Abs(value).ToString("0.############", CultureInfo.InvariantCulture);
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? text : text[..point];
        var result = new StringBuilder(value < 0 ? "\u2212" : "");
        for (var i = 0; i < whole.Length; i++)
        {
            if (i > 0 && (whole.Length - i) % 3 == 0)
                result.Append(language.Group);
            result.Append(whole[i]);
        }

        if (point >= 0)
            result.Append(language.Point).Append(text.AsSpan(point + 1));
        return result.ToString();
    }

    /// <summary>Writes a number; a dash if there is none.</summary>
    public string Number(decimal? value) => value is { } given ? Number(given) : "\u2013";

    /// <summary>Writes a large number in a few characters, such as <c>1.2M</c>.</summary>
    public string Short(decimal value)
    {
        var (scaled, unit) = Math.Abs(value) switch
        {
            >= 1_000_000_000_000 => (value / 1_000_000_000_000, "T"),
            >= 1_000_000_000 => (value / 1_000_000_000, "G"),
            >= 1_000_000 => (value / 1_000_000, "M"),
            >= 10_000 => (value / 1_000, "k"),
            _ => (value, ""),
        };
        var decimals = unit.Length > 0 || Math.Abs(scaled) >= 100 ? 1 : Math.Abs(scaled) >= 1 ? 2 : 6;
        return Number(Math.Round(scaled, decimals)) + unit;
    }

    /// <summary>Writes a share of 0 to 1 in percent.</summary>
    public string Percent(decimal share) =>
        Number(Math.Round(share * 100, 1)) + (language == Language.French ? "\u00a0%" : "%");

    /// <summary>Writes an instant to the minute, in the zone.</summary>
    public string Instant(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        return $"{Day(DateOnly.FromDateTime(local.DateTime))}, "
            + local.ToString("HH:mm", CultureInfo.InvariantCulture);
    }

    /// <summary>Writes the time of day of an instant, in the zone.</summary>
    public string Clock(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Writes an instant; a dash if there is none.</summary>
    public string Instant(DateTimeOffset? at) => at is { } given ? Instant(given) : "\u2013";

    /// <summary>Writes a day.</summary>
    public string Day(DateOnly day) =>
        $"{day.Day} {(language == Language.French ? FrenchMonths : EnglishMonths)[day.Month - 1]} {day.Year}";

    /// <summary>Writes how long ago something was, in the largest unit that fits.</summary>
    public string Ago(DateTimeOffset at, DateTimeOffset now)
    {
        var span = now - at;
        return span switch
        {
            { TotalMinutes: < 1 } => language["less than a minute ago"],
            { TotalHours: < 1 } => language["{0} min ago", (int)span.TotalMinutes],
            { TotalDays: < 1 } => language["{0} h ago", (int)span.TotalHours],
            _ => language["{0} days ago", (int)span.TotalDays],
        };
    }

    /// <summary>Returns the day of an instant in the zone.</summary>
    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
}
