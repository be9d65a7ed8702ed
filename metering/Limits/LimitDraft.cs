using System.Collections.Immutable;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;

namespace Sluice.Metering.Limits;

/// <summary>
/// The limits that one source wants to set on one metric, before <see cref="LimitRules"/> has checked them. They
/// replace everything that source had set on the metric in that period; a draft without values removes it.
/// </summary>
/// <param name="Metric">The metric.</param>
/// <param name="Period">The period over which usage adds up.</param>
/// <param name="BlockedUnits">The value at which requests are refused, in smallest units; null for none.</param>
/// <param name="Warnings">The values at which recipients are notified.</param>
public sealed record LimitDraft(
    MetricId Metric, PeriodKind Period, long? BlockedUnits, ImmutableArray<WarningDraft> Warnings)
{
    /// <summary>Maximum warnings per metric and source.</summary>
    public const int MaxWarnings = 16;

    /// <summary>Additional recipients of warnings.</summary>
    public IReadOnlyList<string> WarningRecipients { get; init; } = [];

    /// <summary>Additional recipients of refusals.</summary>
    public IReadOnlyList<string> BlockedRecipients { get; init; } = [];

    /// <summary>The language of the mails, <c>en</c> or <c>fr</c>; null for the tenant's.</summary>
    public string? Language { get; init; }

    /// <summary>
    /// Gets the warnings with their values, lowest first. Warnings that come to the same value are one, which keeps the
    /// highest percentage. Warnings without a value, which break a rule, are left out.
    /// </summary>
    public IEnumerable<Threshold> ResolvedWarnings() => Warnings
        .Select(warning => (Units: warning.Resolve(BlockedUnits), warning.Percent))
        .Where(static warning => warning.Units is not null)
        .GroupBy(static warning => warning.Units!.Value)
        .OrderBy(static same => same.Key)
        .Select(static same => new Threshold(LimitKind.Warning, same.Key, same.Max(static w => w.Percent)));

    /// <summary>
    /// Pairs the stored thresholds of the same source, metric and period with the wanted ones. A threshold whose kind
    /// and value are unchanged keeps its row, and so does not fire a second time in a period; a stored one without a
    /// partner is removed, and a wanted one without is added. The removed ones come before the added ones.
    /// </summary>
    /// <param name="stored">The rows that exist.</param>
    /// <param name="thresholdOf">Reads the threshold of a row.</param>
    public IReadOnlyList<(T? Stored, Threshold? Wanted)> Match<T>(
        IReadOnlyCollection<T> stored, Func<T, Threshold> thresholdOf)
        where T : class
    {
        var wanted = new Dictionary<(LimitKind, long), Threshold>();
        if (BlockedUnits is { } blocked)
            wanted.Add((LimitKind.Blocked, blocked), new(LimitKind.Blocked, blocked));
        foreach (var warning in ResolvedWarnings())
            wanted.Add((warning.Kind, warning.Units), warning);
        var pairs = new List<(T?, Threshold?)>();
        foreach (var row in stored)
        {
            var threshold = thresholdOf(row);
            pairs.Add((row, wanted.Remove((threshold.Kind, threshold.Units), out var same) ? same : null));
        }

        pairs.AddRange(wanted.Values.Select(static threshold => ((T?)null, (Threshold?)threshold)));
        return pairs;
    }
}
