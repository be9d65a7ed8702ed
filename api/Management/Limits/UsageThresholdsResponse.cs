using Sluice.Metering.Limits;
using Sluice.Metering.Periods;
using Sluice.Storage.Control.Limits;

namespace Sluice.Api.Management.Limits;

/// <summary>The operator's thresholds for an account.</summary>
/// <param name="Metrics">The monthly thresholds by the name of the metric.</param>
/// <param name="Recipients">Who is notified.</param>
/// <param name="Language">The language of the mails: <c>en</c> or <c>fr</c>.</param>
internal sealed record UsageThresholdsResponse(
    IReadOnlyDictionary<string, UsageThresholdsResponse.Threshold> Metrics,
    UsageThresholdsResponse.RecipientLists Recipients,
    string Language)
{
    /// <param name="Warning">The values at which people are notified, in the metric's units.</param>
    /// <param name="Blocked">The value at which requests are refused, in the metric's units; null for none.</param>
    internal sealed record Threshold(IReadOnlyList<JsonDecimal> Warning, JsonDecimal? Blocked);

    /// <param name="Warning">The addresses that are notified of warnings.</param>
    /// <param name="Blocked">The addresses that are notified of blocked values.</param>
    internal sealed record RecipientLists(IReadOnlyList<string> Warning, IReadOnlyList<string> Blocked);

    /// <param name="stored">What was set.</param>
    /// <param name="language">The tenant's language, which holds until another one is set.</param>
    /// <param name="catalogue">The metrics.</param>
    public static UsageThresholdsResponse Of(
        AccountThresholds stored, string language, MetricCatalogue catalogue) => Of(
        stored.Limits.GroupBy(static limit => limit.Metric).Select(DraftOf),
        stored.Contact ?? new() { WarningRecipients = [], BlockedRecipients = [], Language = language },
        catalogue);

    public static UsageThresholdsResponse Of(
        IEnumerable<LimitDraft> thresholds, ThresholdContact contact, MetricCatalogue catalogue) => new(
        thresholds.ToDictionary(
            threshold => catalogue[threshold.Metric].Name,
            threshold => Show(threshold, catalogue[threshold.Metric])),
        new(contact.WarningRecipients, contact.BlockedRecipients),
        contact.Language);

    private static LimitDraft DraftOf(IGrouping<short, StoredLimit> rows) => new(
        new MetricId(rows.Key),
        PeriodKind.Month,
        rows.SingleOrDefault(static row => row.Kind == LimitKind.Blocked)?.Value,
        [
            .. rows.Where(static row => row.Kind == LimitKind.Warning)
                .Select(static row => WarningDraft.At(row.Value)),
        ]);

    private static Threshold Show(LimitDraft threshold, Metric metric) => new(
        [.. threshold.ResolvedWarnings().Select(warning => JsonDecimal.Of(warning.Units, metric.Decimals))],
        LimitResponse.Amount(threshold.BlockedUnits, metric));
}
