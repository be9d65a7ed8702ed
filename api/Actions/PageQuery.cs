using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Control;

namespace Sluice.Api.Actions;

/// <summary>The page of a list that is asked for.</summary>
/// <param name="After">Id of the last item of the page before.</param>
/// <param name="Limit">How many items, 1 to 500; 50 where it is left out.</param>
internal readonly record struct PageQuery([FromQuery] string? After, [FromQuery] string? Limit)
{
    /// <param name="prefix">The letter of the ids in this list.</param>
    public Outcome<PageRequest> Read(char prefix)
    {
        var rules = new RuleCheck();
        long? after = null;
        if (!string.IsNullOrEmpty(After))
        {
            if (IdText.TryParse(prefix, After, out var value))
                after = value;
            else
                rules.Break("after", "id-form", "Must be the 'next' of the page before.");
        }

        var limit = PageRequest.DefaultLimit;
        if (!string.IsNullOrEmpty(Limit)
            && (!int.TryParse(Limit, NumberStyles.None, CultureInfo.InvariantCulture, out limit)
                || limit is < 1 or > PageRequest.MaxLimit))
        {
            rules.Break("limit", "range", $"Must be a whole number from 1 to {PageRequest.MaxLimit}.");
        }

        return rules.Refusal is { } refusal ? refusal : new PageRequest(after, limit);
    }
}
