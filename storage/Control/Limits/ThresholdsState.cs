using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;

namespace Sluice.Storage.Control.Limits;

/// <summary>The thresholds of an account as the audit log shows them: as in the API.</summary>
internal sealed record ThresholdsState(
    IReadOnlyDictionary<string, ThresholdsState.Threshold> Metrics,
    ThresholdsState.RecipientLists Recipients,
    string Language)
{
    internal sealed record Threshold(IReadOnlyList<decimal> Warning, decimal? Blocked);

    internal sealed record RecipientLists(IReadOnlyList<string> Warning, IReadOnlyList<string> Blocked);

    /// <summary>Gets the state of an account; null if nothing was ever set.</summary>
    public static ThresholdsState? Of(
        IEnumerable<StoredLimit> rows, ThresholdContact? contact, MetricCatalogue catalogue) => contact is null
        ? null
        : new(
            rows.GroupBy(row => catalogue[new(row.Metric)])
                .ToDictionary(static group => group.Key.Name, static group => Show([.. group], group.Key)),
            new(contact.WarningRecipients, contact.BlockedRecipients),
            contact.Language);

    private static Threshold Show(IReadOnlyList<StoredLimit> rows, Metric metric) => new(
        [.. LimitState.WarningsOf(rows).Select(row => LimitState.AmountOf(row.Value, metric)!.Value)],
        LimitState.AmountOf(rows.SingleOrDefault(static row => row.Kind == LimitKind.Blocked)?.Value, metric));
}
