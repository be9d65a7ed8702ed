using System.Globalization;
using NodaTime;
using Sluice.Metering.Periods;

namespace Sluice.Api.Mail.Texts;

/// <summary>
/// A language with its formats of numbers and dates. They are written out here because the program runs without the
/// machine's cultures, so that it reads and writes the same everywhere.
/// </summary>
internal sealed class MailLanguage
{
    public static readonly MailLanguage English = new("en");
    public static readonly MailLanguage French = new("fr");

    private const char NarrowNoBreakSpace = '\u202f';
    private const char NoBreakSpace = '\u00a0';
    private const int GroupLength = 3;

    private static readonly string[] EnglishMonths =
    [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ];

    private static readonly string[] FrenchMonths =
    [
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
        "décembre",
    ];

    private MailLanguage(string code) => Code = code;

    /// <summary><c>en</c> or <c>fr</c>.</summary>
    public string Code { get; }

    private bool IsFrench => this == French;

    /// <summary>Returns the language of a code; English for an unknown code.</summary>
    public static MailLanguage Of(string code) => code == French.Code ? French : English;

    /// <summary>Chooses between the English and the French text.</summary>
    public string Say(string english, string french) => IsFrench ? french : english;

    /// <summary>The separator between a label and its value.</summary>
    public string Colon => IsFrench ? $"{NoBreakSpace}: " : ": ";

    /// <summary>Puts a user-defined name into quotation marks.</summary>
    public string Quote(string name) =>
        IsFrench ? $"«{NoBreakSpace}{name}{NoBreakSpace}»" : $"“{name}”";

    /// <summary>Formats a number as 1,234.5 or 1 234,5: every decimal that is not zero, nothing rounded.</summary>
    public string Number(long units, int decimals) => Number(ScaledNumber.Format(units, decimals));

    /// <summary>Formats a number that is given as in JSON, without an exponent.</summary>
    public string Number(string plain)
    {
        var negative = plain.StartsWith('-');
        var parts = plain[(negative ? 1 : 0)..].Split('.');
        var text = new System.Text.StringBuilder();
        for (var i = 0; i < parts[0].Length; i++)
        {
            if (i > 0 && (parts[0].Length - i) % GroupLength == 0)
                text.Append(IsFrench ? NarrowNoBreakSpace : ',');
            text.Append(parts[0][i]);
        }

        if (parts.Length > 1)
            text.Append(IsFrench ? ',' : '.').Append(parts[1]);
        return negative ? $"-{text}" : text.ToString();
    }

    /// <summary>Joins a number with its unit: a currency, or the name of a metric.</summary>
    public static string With(string number, string unit) => $"{number}{NoBreakSpace}{unit}";

    /// <summary>Formats an instant as local time of a zone, with the zone's name.</summary>
    public string Time(DateTimeOffset at, string timeZone)
    {
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone) ?? DateTimeZone.Utc;
        var local = Instant.FromDateTimeOffset(at).InZone(zone);
        var clock = local.ToString("HH:mm", CultureInfo.InvariantCulture);
        var offset = local.ToString("o<+HH:mm>", CultureInfo.InvariantCulture);
        return $"{Day(local.Date)}{Say(", ", " à ")}{clock} ({zone.Id}, UTC{offset})";
    }

    /// <summary>Formats a period for people.</summary>
    public string Period(PeriodKey period) => period.Kind switch
    {
        PeriodKind.Month => $"{Month(period.Value % 100)} {period.Value / 100}",
        PeriodKind.Day => Day(new(period.Value / 10_000, period.Value / 100 % 100, period.Value % 100)),
        _ => Say("without an end", "sans fin"),
    };

    private string Day(LocalDate date) => Say(
        string.Create(CultureInfo.InvariantCulture, $"{date.Day} {Month(date.Month)} {date.Year:D4}"),
        string.Create(
            CultureInfo.InvariantCulture,
            $"{date.Day}{(date.Day == 1 ? "er" : "")} {Month(date.Month)} {date.Year:D4}"));

    private string Month(int month) => (IsFrench ? FrenchMonths : EnglishMonths)[month - 1];
}
