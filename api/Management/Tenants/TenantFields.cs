using System.Text.RegularExpressions;
using Sluice.Api.Wire;
using Sluice.Metering.Periods;

namespace Sluice.Api.Management.Tenants;

/// <summary>The rules of a tenant's fields, for creating and changing it.</summary>
internal static partial class TenantFields
{
    /// <summary>Languages that mails are written in.</summary>
    public static readonly string[] Languages = ["en", "fr"];

    private const int MaxUserNameLength = 64;

    public static string TimeZone(this RuleCheck rules, string field, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
            rules.Break(field, "required", "Must be given.");
        else if (!TenantCalendar.TryCreate(value, out _, out var error))
            rules.Break(field, "time-zone-unknown", error);
        return value ?? "";
    }

    public static string Currency(this RuleCheck rules, string field, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
            rules.Break(field, "required", "Must be given.");
        else if (!Currencies.Contains(value))
            rules.Break(field, "currency-unknown", "Must be the ISO 4217 code of a currency, such as JPY.");
        return value ?? "";
    }

    public static string UserName(this RuleCheck rules, string field, string? value)
    {
        if (string.IsNullOrEmpty(value))
            rules.Break(field, "required", "Must be given.");
        else if (value.Length > MaxUserNameLength || !UserNamePattern().IsMatch(value))
        {
            rules.Break(
                field,
                "user-name-form",
                $"Starts with a letter or _, then letters, digits and _, at most {MaxUserNameLength} in all.");
        }

        return value ?? "";
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*\\z", RegexOptions.None, 1000)]
    private static partial Regex UserNamePattern();
}
