using System.Globalization;

namespace Sluice.Api.Validation;

/// <summary>
/// Collects the rules that a request breaks, where they depend on stored data or settings: a validator has the others.
/// </summary>
internal sealed class FieldErrors
{
    private readonly List<FieldError> _broken = [];

    public bool IsEmpty => _broken.Count == 0;

    /// <summary>The broken rules so far.</summary>
    public IReadOnlyList<FieldError> Rules => _broken;

    /// <summary>The error of the request; null while nothing is broken.</summary>
    public Error? Error => _broken.Count == 0 ? null : new Error.RulesBroken([.. _broken]);

    public void Add(string field, string code, string message) => _broken.Add(new(field, code, message));

    public void Add(IEnumerable<FieldError> rules) => _broken.AddRange(rules);

    /// <summary>Adds the rule that a value breaks, if any.</summary>
    public void Check<T>(string field, T value, Func<T, Violation?> rule)
    {
        if (rule(value) is { } broken)
            Add(field, broken.Code, broken.Message);
    }

    /// <summary>Reads a number from 1 to a maximum of a query; null if there is none or it can't be read.</summary>
    public int? Count(string field, string? value, int max)
    {
        if (string.IsNullOrEmpty(value))
            return null;
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count >= 1 && count <= max)
        {
            return count;
        }

        Add(field, "range", $"Must be a whole number from 1 to {max}.");
        return null;
    }

    /// <summary>Reads an instant of a query; null if there is none or it can't be read.</summary>
    public DateTimeOffset? Instant(string field, string? value)
    {
        if (string.IsNullOrEmpty(value))
            return null;
        if (Rfc3339.TryParse(value, out var instant))
            return instant;
        Add(field, "time-form", "Must be an RFC 3339 time with its offset, such as 2026-11-01T00:00:00Z.");
        return null;
    }

    /// <summary>
    /// Reads an amount of a metric in its smallest units; null if there is none or it breaks a rule.
    /// </summary>
    public long? Units(string field, JsonDecimal? number, int decimals, long maxUnits = ScaledNumber.MaxLimitUnits)
    {
        if (number is null)
            return null;
        var before = _broken.Count;
        Check(field, number, FieldRules.Amount(decimals, maxUnits));
        return _broken.Count == before ? number.Value.ToUnits(decimals, maxUnits) : null;
    }
}
