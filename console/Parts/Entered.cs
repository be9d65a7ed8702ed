using System.Globalization;
using Sluice.WebConsole.Sessions;
using Sluice.WebConsole.Texts;

namespace Sluice.WebConsole.Parts;

/// <summary>
/// Reads what people enter: numbers as their language writes them, days in the time zone of the page.
/// </summary>
internal static class Entered
{
    /// <summary>Reads a number; nothing entered is null.</summary>
    public static bool TryNumber(string? text, Language language, out decimal? value)
    {
        value = null;
        if (string.IsNullOrWhiteSpace(text))
            return true;
        var compact = string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c != '\''));
        var parts = compact.Split(language.Point);
        if (parts.Length > 2 || !AreThousands(parts[0], language.Group))
            return false;
        parts[0] = parts[0].Replace(language.Group.ToString(), "", StringComparison.Ordinal);
        if (!decimal.TryParse(
            string.Join('.', parts), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture, out var number))
            return false;
        value = number;
        return true;
    }

    /// <summary>
    /// Checks that a mark between thousands has three digits behind it: what looks like the decimal comma of another
    /// language must not become a number a hundred times as large.
    /// </summary>
    private static bool AreThousands(string whole, char group) =>
        whole.Split(group).Skip(1).All(static digits => digits.Length == 3 && digits.All(char.IsAsciiDigit));

    /// <summary>Reads a day as a browser sends it, and returns its end; nothing entered is null.</summary>
    public static bool TryDay(string? text, ConsoleView view, out DateTimeOffset? end)
    {
        end = null;
        if (string.IsNullOrWhiteSpace(text))
            return true;
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            || day == DateOnly.MaxValue)
            return false;
        end = StartOf(day.AddDays(1), view);
        return true;
    }

    /// <summary>Returns the lines of a text that have something on them.</summary>
    public static IEnumerable<string> Lines(string? text) =>
        (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Returns the first instant of a day in the time zone of the page.</summary>
    public static DateTimeOffset StartOf(DateOnly day, ConsoleView view)
    {
        var zone = Formats.ZoneOf(view.Tenant?.TimeZone);
        var local = day.ToDateTime(TimeOnly.MinValue);
        // Where a day begins with an hour that is left out, its first instant is after that hour.
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(15);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
