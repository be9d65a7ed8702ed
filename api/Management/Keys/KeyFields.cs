using Sluice.Api.Wire;

namespace Sluice.Api.Management.Keys;

/// <summary>The rules of a key's fields, for creating and changing it.</summary>
internal static class KeyFields
{
    /// <summary>Longest grace time of an old secret, in seconds: 30 days.</summary>
    private const int MaxGraceSeconds = 30 * 24 * 3600;

    /// <summary>How long an old secret goes on working; not at all where nothing is said.</summary>
    public static TimeSpan Grace(this RuleCheck rules, string field, int? seconds)
    {
        if (seconds is < 0 or > MaxGraceSeconds)
            rules.Break(field, "range", $"Must be 0 to {MaxGraceSeconds}.");
        return TimeSpan.FromSeconds(seconds ?? 0);
    }

    public static void Expiry(this RuleCheck rules, string field, DateTimeOffset? value, TimeProvider time)
    {
        if (value <= time.GetUtcNow())
            rules.Break(field, "in-the-past", "Must be in the future; to end a key now, delete it.");
    }
}
