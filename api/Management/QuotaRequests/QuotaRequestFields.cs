using Sluice.Api.Wire;

namespace Sluice.Api.Management.QuotaRequests;

/// <summary>The rules of a request's fields.</summary>
internal static class QuotaRequestFields
{
    private const int ReasonLengthMax = 2_000;

    /// <summary>The amount that is asked for, which is above 0.</summary>
    public static long? QuotaAmount(this RuleCheck rules, string field, NumberText? value)
    {
        if (value is null)
            rules.Break(field, "required", "Must be given.");
        var units = rules.Units(field, value, QuotaRequestView.Metric.Decimals);
        if (units == 0)
            rules.Break(field, "not-more", "Must be above 0.");
        return units;
    }

    /// <summary>People explain themselves in several lines; other control characters stay out.</summary>
    public static void Reason(this RuleCheck rules, string field, string? value) =>
        rules.Text(
            field,
            value?.Replace("\r\n", "  ", StringComparison.Ordinal).Replace('\n', ' '),
            ReasonLengthMax);

    public static void Note(this RuleCheck rules, string field, string value) =>
        rules.Text(field, value, ReasonLengthMax);
}
