using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Storage.Control;

namespace Sluice.Api.Wire;

/// <summary>Checks the fields of a request and collects every rule that is broken.</summary>
internal sealed class RuleCheck
{
    private readonly List<BrokenRule> _broken = [];

    public bool IsEmpty => _broken.Count == 0;

    /// <summary>What is broken so far.</summary>
    public IReadOnlyList<BrokenRule> Rules => _broken;

    /// <summary>Null while nothing is broken.</summary>
    public Refusal? Refusal => _broken.Count == 0 ? null : new Refusal.RulesBroken([.. _broken]);

    public void Break(string field, string rule, string message) => _broken.Add(new(field, rule, message));

    public void Break(IEnumerable<BrokenRule> rules) => _broken.AddRange(rules);

    /// <summary>A text that people read: not blank, without control characters or blanks around it.</summary>
    public string Text(string field, string? value, int maxLength = 100)
    {
        if (string.IsNullOrWhiteSpace(value))
            Break(field, "required", "Must be given and not be blank.");
        else if (value.Length > maxLength)
            Break(field, "too-long", $"Has at most {maxLength} characters.");
        else if (value.Any(char.IsControl) || value.Trim().Length != value.Length)
            Break(field, "text-form", "Has no control characters and no blanks at its ends.");
        return value ?? "";
    }

    /// <summary>A text that is compared with something: anything that is there, up to a length.</summary>
    public void Given(string field, string? value, int maxLength = 1000)
    {
        if (string.IsNullOrEmpty(value))
            Break(field, "required", "Must be given.");
        else if (value.Length > maxLength)
            Break(field, "too-long", $"Has at most {maxLength} characters.");
        else if (value.Contains('\0'))
            Break(field, "text-form", "Has no U+0000.");
    }

    /// <summary>An instant of a query, with its offset; null where none was sent or it can't be read.</summary>
    public DateTimeOffset? Instant(string field, string? value)
    {
        if (string.IsNullOrEmpty(value))
            return null;
        if (InstantText.TryParse(value, out var instant))
            return instant;
        Break(field, "time-form", "Must be an RFC 3339 time with its offset, such as 2026-11-01T00:00:00Z.");
        return null;
    }

    public string Email(string field, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
            Break(field, "required", "Must be given and not be blank.");
        else if (!RecipientRules.IsAddress(value))
            Break(field, "address-form", "Must be an email address, such as ada@example.com.");
        return value ?? "";
    }

    public string OneOf(string field, string? value, params ReadOnlySpan<string> allowed)
    {
        if (string.IsNullOrEmpty(value))
            Break(field, "required", "Must be given.");
        else if (!allowed.Contains(value))
            Break(field, "one-of", $"Must be one of {string.Join(", ", allowed!)}.");
        return value ?? "";
    }

    /// <summary>An amount of a metric in its smallest units; null where none was sent or it breaks a rule.</summary>
    public long? Units(string field, NumberText? number, int decimals, long maxUnits = ScaledNumber.MaxLimitUnits)
    {
        if (number is not { } given)
            return null;
        switch (given.Scale(decimals, maxUnits, out var units))
        {
            case NumberOutcome.Ok:
                return units;
            case NumberOutcome.Negative:
                Break(field, "negative", "Must be 0 or more.");
                break;
            case NumberOutcome.TooManyDecimals:
                Break(field, "too-many-decimals", $"Has at most {decimals} decimals; it is never rounded.");
                break;
            case NumberOutcome.TooLarge:
                Break(field, "too-large", $"Must be at most {ScaledNumber.Format(maxUnits, decimals)}.");
                break;
            default:
                Break(field, "not-a-number", "Must be a number.");
                break;
        }

        return null;
    }
}
