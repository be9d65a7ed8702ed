using Sluice.Api.Wire;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Storage.Limits;

namespace Sluice.Api.Management.Limits;

/// <summary>The operator's thresholds on an account, as they are set.</summary>
/// <param name="Metrics">By name of the usage metric.</param>
/// <param name="Recipients">Who is told.</param>
/// <param name="Language">Of the mails.</param>
internal sealed record ThresholdsResource(
    IReadOnlyDictionary<string, ThresholdsResource.Threshold> Metrics,
    ThresholdsResource.RecipientLists Recipients,
    string Language)
{
    internal sealed record Threshold(IReadOnlyList<JsonDecimal> Warning, JsonDecimal? Blocked);

    internal sealed record RecipientLists(IReadOnlyList<string> Warning, IReadOnlyList<string> Blocked);

    public static ThresholdsResource Of(
        IEnumerable<LimitDraft> thresholds, ThresholdContact contact, MetricCatalogue catalogue) => new(
        thresholds.ToDictionary(
            threshold => catalogue[threshold.Metric].Name,
            threshold => Show(threshold, catalogue[threshold.Metric])),
        new(contact.WarningRecipients, contact.BlockedRecipients),
        contact.Language);

    private static Threshold Show(LimitDraft threshold, Metric metric) => new(
        [.. threshold.Warnings.Select(warning => JsonDecimal.Of(warning.Units!.Value, metric.Decimals))],
        LimitResource.Amount(threshold.BlockedUnits, metric));
}
