using Sluice.Metering.Limits;
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

    public static UsageThresholdsResponse Of(
        IEnumerable<LimitDraft> thresholds, ThresholdContact contact, MetricCatalogue catalogue) => new(
        thresholds.ToDictionary(
            threshold => catalogue[threshold.Metric].Name,
            threshold => Show(threshold, catalogue[threshold.Metric])),
        new(contact.WarningRecipients, contact.BlockedRecipients),
        contact.Language);

    private static Threshold Show(LimitDraft threshold, Metric metric) => new(
        [.. threshold.ResolvedWarnings().Select(warning => JsonDecimal.Of(warning.Units, metric.Decimals))],
        LimitResponse.Amount(threshold.BlockedUnits, metric));
}
