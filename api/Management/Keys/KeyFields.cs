using Sluice.Api.Wire;

namespace Sluice.Api.Management.Keys;

/// <summary>The rules of a key's fields, for creating and changing it.</summary>
internal static class KeyFields
{
    public static void Expiry(this RuleCheck rules, string field, DateTimeOffset? value, TimeProvider time)
    {
        if (value <= time.GetUtcNow())
            rules.Break(field, "in-the-past", "Must be in the future; to end a key now, delete it.");
    }
}
