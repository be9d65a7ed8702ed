using System.Text.RegularExpressions;
using Sluice.Metering.Limits;
using Sluice.Metering.Periods;

namespace Sluice.Api.Validation;

/// <summary>The rules of single values. Each returns the rule that the value breaks, or null.</summary>
internal static partial class FieldRules
{
    private const int MaxUserNameLength = 64;
    private const int MaxTextLength = 100;
    private const int MaxProseLength = 2_000;
    private const int MaxComparedLength = 1_000;

    private static readonly Violation Missing = new("required", "Must be given.");

    /// <summary>Anything but null.</summary>
    public static Func<T, Violation?> Required<T>(string message = "Must be given.") =>
        value => value is null ? new("required", message) : null;

    /// <summary>A name or label: not blank, no control characters, no blanks at its ends.</summary>
    public static Violation? Text(string? value) => Text(value, MaxTextLength);

    public static Violation? Text(string? value, int maxLength)
    {
        if (string.IsNullOrWhiteSpace(value))
            return new("required", "Must be given and not be blank.");
        if (value.Length > maxLength)
            return TooLong(maxLength);
        return value.Any(IsHidden) || value.Trim().Length != value.Length
            ? new("text-form", "Has no control characters, no direction marks, and no blanks at its ends.")
            : null;
    }

    /// <summary>
    /// Whether a character changes how others look without being seen: with marks of direction, a name can look like
    /// another one.
    /// </summary>
    private static bool IsHidden(char c) =>
        char.IsControl(c) || c is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E')
            or (>= '\u2066' and <= '\u2069') or '\uFEFF' or '\u200B' or '\u2028' or '\u2029';

    /// <summary>A text of several lines.</summary>
    public static Violation? Prose(string? value) => Text(
        value?.Replace("\r\n", "  ", StringComparison.Ordinal).Replace('\n', ' '), MaxProseLength);

    public static Violation? Note(string? value) => Text(value, MaxProseLength);

    /// <summary>A text that is only compared with a stored one, such as an id or a password.</summary>
    public static Violation? Compared(string? value) => Compared(value, MaxComparedLength);

    public static Violation? Compared(string? value, int maxLength)
    {
        if (string.IsNullOrEmpty(value))
            return Missing;
        if (value.Length > maxLength)
            return TooLong(maxLength);
        return value.Contains('\0') ? new("text-form", "Has no U+0000.") : null;
    }

    public static Violation? Email(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
            return new("required", "Must be given and not be blank.");
        return RecipientRules.IsAddress(value)
            ? null
            : new("address-form", "Must be an email address, such as ada@example.com.");
    }

    /// <summary>The address of a page for people, which a browser can open.</summary>
    public static Violation? WebAddress(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
            return Missing;
        if (value.Length > MaxProseLength)
            return TooLong(MaxProseLength);
        // Only these schemes: a link such as javascript: would run in the console of a member who follows it.
        return Uri.TryCreate(value, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
            && address.UserInfo.Length == 0 && !value.Any(static c => char.IsControl(c) || char.IsWhiteSpace(c))
            ? null
            : new("url-form", "Must be an http or https URL without credentials, such as https://example.com/billing.");
    }

    public static Func<string?, Violation?> OneOf(params string[] allowed) => value =>
    {
        if (string.IsNullOrEmpty(value))
            return Missing;
        return allowed.Contains(value) ? null : new("one-of", $"Must be one of {string.Join(", ", allowed)}.");
    };

    public static Violation? TimeZone(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
            return Missing;
        return TenantCalendar.TryCreate(value, out _, out var problem) ? null : new("time-zone-unknown", problem);
    }

    /// <summary>An ISO 4217 code.</summary>
    public static Violation? Currency(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
            return Missing;
        return Currencies.Contains(value)
            ? null
            : new("currency-unknown", "Must be the ISO 4217 code of a currency, such as JPY.");
    }

    public static Violation? UserName(string? value)
    {
        if (string.IsNullOrEmpty(value))
            return Missing;
        return value.Length <= MaxUserNameLength && UserNamePattern().IsMatch(value)
            ? null
            : new(
                "user-name-form",
                $"Starts with a letter or _, then letters, digits and _, at most {MaxUserNameLength} in all.");
    }

    public static Violation? MetricName(string? value)
    {
        if (string.IsNullOrEmpty(value))
            return Missing;
        return Metric.IsName(value)
            ? null
            : new(
                "name-form",
                "Starts with a lower case letter, then lower case letters, digits and _, at most "
                + $"{Metric.MaxNameLength} in all.");
    }

    /// <summary>An amount of a metric with this many decimals; exact, never rounded.</summary>
    public static Func<JsonDecimal?, Violation?> Amount(int decimals, long maxUnits = ScaledNumber.MaxLimitUnits) =>
        number => number?.Scale(decimals, maxUnits, out _) switch
        {
            null => Missing,
            NumberOutcome.Ok => null,
            NumberOutcome.Negative => new("negative", "Must be 0 or more."),
            NumberOutcome.TooManyDecimals =>
                new("too-many-decimals", $"Has at most {decimals} decimals; it is never rounded."),
            NumberOutcome.TooLarge => new("too-large", $"Must be at most {ScaledNumber.Format(maxUnits, decimals)}."),
            _ => new("not-a-number", "Must be a number."),
        };

    private static Violation TooLong(int maxLength) => new("too-long", $"Has at most {maxLength} characters.");

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*\\z", RegexOptions.None, 1000)]
    private static partial Regex UserNamePattern();
}
