using System.Collections.Immutable;
using Sluice.Metering.Metrics;

namespace Sluice.Metering.Limits;

/// <summary>Validates limits. Every check returns all broken rules at once; none means valid.</summary>
public static class LimitRules
{
    /// <summary>Maximum duration of a boost in days: a year, including leap years.</summary>
    public const int MaxBoostDays = 366;

    private const long DayMs = 86_400_000;

    /// <summary>
    /// Checks the limit that a tenant, a project or a key sets itself, with the fields of its request: <c>blocked</c>,
    /// <c>warnings[0].percent</c>, <c>recipients[0]</c>. Recipients may be empty, because administrators are always
    /// notified.
    /// </summary>
    public static ImmutableArray<FieldError> CheckLimit(LimitDraft draft)
    {
        var broken = ImmutableArray.CreateBuilder<FieldError>();
        CheckBlocked(draft, "blocked", broken);
        CheckWarnings(draft, "warnings", broken);
        broken.AddRange(RecipientRules.Check(draft.WarningRecipients, "recipients"));
        return broken.ToImmutable();
    }

    /// <summary>Checks an amount against the operator's ceiling for it; null if it is not above.</summary>
    /// <param name="field">The field of the request.</param>
    /// <param name="amountUnits">The tenant's limit or its boosted value; null for none.</param>
    /// <param name="quotaUnits">The tenant's quota; null for none.</param>
    public static FieldError? CheckQuota(string field, long? amountUnits, long? quotaUnits)
    {
        if (quotaUnits is not { } quota || amountUnits is not { } amount || amount <= quota)
            return null;
        var text = ScaledNumber.Format(quota, MetricCatalogue.BuiltIn[MetricId.Amount].Decimals);
        return new(field, "above-quota", $"At most the quota of {text}, which only the operator raises.");
    }

    /// <summary>
    /// Checks the operator's thresholds on an account, with the fields of their request:
    /// <c>metrics.text_tokens.warning[0]</c>, <c>recipients.blocked[1]</c>. Warnings need a recipient; a blocked value
    /// works without.
    /// </summary>
    /// <param name="drafts">One per metric.</param>
    /// <param name="metrics">The existing metrics; only usage metrics have thresholds, not amount and credits.</param>
    /// <param name="warningRecipients">Recipients of warnings.</param>
    /// <param name="blockedRecipients">Recipients of blocked limits.</param>
    public static ImmutableArray<FieldError> CheckThresholds(
        IReadOnlyList<LimitDraft> drafts,
        MetricCatalogue metrics,
        IReadOnlyList<string> warningRecipients,
        IReadOnlyList<string> blockedRecipients)
    {
        var broken = ImmutableArray.CreateBuilder<FieldError>();
        var seen = new HashSet<MetricId>();
        foreach (var draft in drafts)
        {
            var known = metrics.TryGet(draft.Metric, out var metric);
            var field = $"metrics.{metric?.Name ?? $"{draft.Metric.Value}"}";
            if (!known)
                broken.Add(new(field, "metric-unknown", "There is no such metric."));
            else if (metric!.Derived)
                broken.Add(new(field, "metric-derived", $"{metric.Name} has a quota or plan instead of thresholds."));
            if (!seen.Add(draft.Metric))
                broken.Add(new(field, "duplicate", "The metric is named twice."));
            CheckBlocked(draft, $"{field}.blocked", broken);
            CheckWarnings(draft, $"{field}.warning", broken);
        }

        if (warningRecipients.Count == 0 && drafts.Any(static d => !d.Warnings.IsEmpty))
            broken.Add(new("recipients.warning", "required", "A warning needs at least one recipient."));
        broken.AddRange(RecipientRules.Check(warningRecipients, "recipients.warning"));
        broken.AddRange(RecipientRules.Check(blockedRecipients, "recipients.blocked"));
        return broken.ToImmutable();
    }

    /// <summary>Checks a boost: a temporary raise of a blocked limit, never a lowering.</summary>
    /// <param name="limit">The limit to raise.</param>
    /// <param name="valueUnits">The boosted value, in smallest units.</param>
    /// <param name="untilMs">First instant without the boost, Unix milliseconds.</param>
    /// <param name="quotaUnits">The ceiling for the limit, if one applies. Otherwise null.</param>
    /// <param name="nowMs">The instant of the request, Unix milliseconds.</param>
    public static ImmutableArray<FieldError> CheckBoost(
        Limit limit, long valueUnits, long untilMs, long? quotaUnits, long nowMs)
    {
        var broken = ImmutableArray.CreateBuilder<FieldError>();
        if (limit.Kind != LimitKind.Blocked)
            broken.Add(new("limit", "not-blocked", "Only a blocked limit can be boosted."));
        if (valueUnits <= limit.ValueUnits)
            broken.Add(new("value", "not-a-raise", "A boost raises the limit; to lower it, set the limit."));
        if (valueUnits > ScaledNumber.MaxLimitUnits)
            broken.Add(new("value", "value-range", "The value is too large."));
        if (CheckQuota("value", valueUnits, quotaUnits) is { } above)
            broken.Add(above);

        if (untilMs <= nowMs)
            broken.Add(new("until", "until-past", "A boost ends in the future."));
        else if (untilMs - nowMs > MaxBoostDays * DayMs)
            broken.Add(new("until", "until-range", $"A boost lasts at most {MaxBoostDays} days."));
        return broken.ToImmutable();
    }

    private static void CheckBlocked(LimitDraft draft, string field, ImmutableArray<FieldError>.Builder broken)
    {
        if (draft.BlockedUnits is < 0 or > ScaledNumber.MaxLimitUnits)
            broken.Add(new(field, "value-range", "The value is negative or too large."));
    }

    private static void CheckWarnings(LimitDraft draft, string field, ImmutableArray<FieldError>.Builder broken)
    {
        if (draft.Warnings.Length > LimitDraft.MaxWarnings)
            broken.Add(new(field, "too-many", $"A metric has at most {LimitDraft.MaxWarnings} warnings."));
        for (var i = 0; i < draft.Warnings.Length; i++)
        {
            var warning = draft.Warnings[i];
            if (BrokenForm(draft, warning, $"{field}[{i}]") is { } form)
            {
                broken.Add(form);
                continue;
            }

            // A percentage of a blocked value that is itself out of range breaks no rule of its own.
            if (warning.Resolve(draft.BlockedUnits) is not { } units)
                continue;
            if (units is < 1 or > ScaledNumber.MaxLimitUnits)
                broken.Add(new($"{field}[{i}]", "value-range", "A warning is above 0, and not too large."));
        }
    }

    private static FieldError? BrokenForm(LimitDraft draft, WarningDraft warning, string field) => warning switch
    {
        { Units: null, Percent: null } or { Units: not null, Percent: not null } =>
            new(field, "value-or-percent", "A warning has either a value or a percentage."),
        { Percent: { } percent } when !WarningDraft.IsPercent(percent) =>
            new(
                $"{field}.percent",
                "percent-range",
                $"A percentage is above 0, at most {WarningDraft.MaxPercent}, with up to 2 decimals."),
        { Percent: not null } when draft.BlockedUnits is null =>
            new($"{field}.percent", "percent-of-nothing", "A percentage needs a blocked value to be taken of."),
        _ => null,
    };
}
