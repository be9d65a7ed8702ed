using System.Globalization;
using Sluice.Api.Validation;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Control;

namespace Sluice.Api.Actions;

/// <summary>The page of a list that is asked for.</summary>
/// <param name="After">Id of the last item of the page before.</param>
/// <param name="Limit">How many items, 1 to 500; 50 where it is left out.</param>
internal record PageQuery(string? After, string? Limit)
{
    /// <param name="prefix">The letter of the ids in this list.</param>
    public Result<PageRequest> Read(char prefix)
    {
        var rules = new FieldErrors();
        long? after = null;
        if (!string.IsNullOrEmpty(After))
        {
            if (IdText.TryParse(prefix, After, out var value))
                after = value;
            else
                BreakAfter(rules);
        }

        var limit = ReadLimit(rules);
        return rules.Error is { } error ? error : new PageRequest(after, limit);
    }

    /// <summary>Answers a page of a list that is at hand as a whole, for it is bounded elsewhere.</summary>
    /// <param name="items">All of it, in its order.</param>
    /// <param name="nameOf">
    /// What <c>after</c> is for what follows an item. One that has gone since is refused: nobody could say which items
    /// were passed over then.
    /// </param>
    public ApiResult Cut<T>(IEnumerable<T> items, Func<T, string> nameOf)
    {
        var rules = new FieldErrors();
        List<T> all = [.. items];
        var start = 0;
        if (!string.IsNullOrEmpty(After))
        {
            var after = After;
            start = all.FindIndex(item => nameOf(item) == after) + 1;
            if (start == 0)
                BreakAfter(rules);
        }

        var limit = ReadLimit(rules);
        if (rules.Error is { } error)
            return ApiResult.Failure(error);
        List<T> page = [.. all.Skip(start).Take(limit)];
        return ApiResult.Ok(new ListOf<T>(page, start + page.Count < all.Count ? nameOf(page[^1]) : null));
    }

    private static void BreakAfter(FieldErrors rules) =>
        rules.Add("after", "id-form", "Must be the 'next' of the page before.");

    private int ReadLimit(FieldErrors rules)
    {
        var limit = PageRequest.DefaultLimit;
        if (!string.IsNullOrEmpty(Limit)
            && (!int.TryParse(Limit, NumberStyles.None, CultureInfo.InvariantCulture, out limit)
                || limit is < 1 or > PageRequest.MaxLimit))
        {
            rules.Add("limit", "range", $"Must be a whole number from 1 to {PageRequest.MaxLimit}.");
        }

        return limit;
    }
}
