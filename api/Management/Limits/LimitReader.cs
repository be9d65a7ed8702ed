using System.Collections.Immutable;
using Sluice.Metering.Limits;
using Sluice.Metering.Periods;

namespace Sluice.Api.Management.Limits;

/// <summary>Reads a <see cref="LimitRequest"/> into the domain's draft and checks it by the domain's rules.</summary>
internal static class LimitReader
{
    private const int PercentDecimals = 2;
    private const long MaxPercentUnits = WarningDraft.MaxPercent * 100;

    /// <param name="request">The limit as it was sent.</param>
    /// <param name="metric">The metric of the limit.</param>
    /// <param name="periods">The periods that this scope's limits may have.</param>
    /// <param name="rules">Receives the broken rules.</param>
    public static LimitDraft Read(
        LimitRequest request, Metric metric, IReadOnlyList<PeriodKind> periods, FieldErrors rules)
    {
        var broken = new FieldErrors();
        if (!request.Blocked.HasValue)
            broken.Add("blocked", "required", "Must be given; null removes the limit.");
        var blocked = broken.Units("blocked", request.Blocked.Value, metric.Decimals);
        var warnings = ImmutableArray.CreateBuilder<WarningDraft>();
        for (var i = 0; i < (request.Warnings?.Count ?? 0); i++)
            warnings.Add(ReadWarning(request.Warnings![i], $"warnings[{i}]", metric, broken));

        IReadOnlyList<string> recipients = [.. (request.Recipients ?? []).Select(static address => address ?? "")];
        var draft = new LimitDraft(
            metric.Id, ReadPeriod(request.Period, periods, broken), blocked, warnings.ToImmutable())
        {
            WarningRecipients = recipients,
            BlockedRecipients = recipients,
        };
        if (broken.IsEmpty)
        {
            rules.Add(LimitRules.CheckLimit(draft));
            return draft;
        }

        // Rules about values that could not be read would only repeat the faults that are already reported.
        rules.Add(broken.Rules);
        rules.Add(RecipientRules.Check(recipients, "recipients"));
        return draft;
    }

    private static WarningDraft ReadWarning(
        LimitRequest.Warning? warning, string field, Metric metric, FieldErrors rules)
    {
        var units = rules.Units($"{field}.value", warning?.Value, metric.Decimals);
        var percent = rules.Units($"{field}.percent", warning?.Percent, PercentDecimals, MaxPercentUnits);
        return new(units, percent is { } hundredths ? hundredths / 100m : null);
    }

    /// <summary>Reads a period by its name; a month if there is none.</summary>
    public static PeriodKind ReadPeriod(string? text, IReadOnlyList<PeriodKind> periods, FieldErrors rules)
    {
        foreach (var period in periods)
        {
            if ((text ?? "month") == Words.Of(period))
                return period;
        }

        rules.Add("period", "one-of", $"Must be one of {string.Join(", ", periods.Select(Words.Of))}.");
        return PeriodKind.Month;
    }
}
