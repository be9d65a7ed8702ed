using Sluice.Metering.Leases.Messages;
using Sluice.Metering.Metrics;

namespace Sluice.Metering.Leases.Authority;

/// <summary>
/// The rules that every sync of an edge that keeps the protocol meets. They hold for lost, repeated and late messages
/// too, so a sync that breaks one was forged, or comes from an edge with an error, and must change nothing.
/// </summary>
public static class SyncRules
{
    /// <summary>Maximum counters in a report: those of a scope in its current periods and in some that ended.</summary>
    public const int ReportsMax = 16 * MetricId.Max;

    /// <summary>
    /// Maximum counters of an authority: every metric in every kind of period, for months. A report can't make it
    /// remember more.
    /// </summary>
    public const int CountersMax = 65_536;

    /// <summary>
    /// How far a sync may be below the newest number that is known. Calls end after seconds, and an edge waits for each
    /// answer or 200 ms before the next sync, so none is this late: the known number was forged.
    /// </summary>
    public const int SequenceLagMax = 65_536;

    /// <summary>Checks what does not depend on the authority's own accounts.</summary>
    public static bool HasPlausibleForm(SyncRequest request) =>
        request is { Sequence: >= 0, Epoch: >= 0, LimitVersion: >= 0 }
        && request.Reports.Count <= ReportsMax
        && request.Reports.All(HasPlausibleForm);

    /// <summary>
    /// Checks a report against the authority's account of the session; null if it has none. Rights are on disk before
    /// the edge learns of them, so an edge can't have received, used or returned more than this authority knows of, and
    /// can't follow a recall that was not sent to it.
    /// </summary>
    internal static bool Fits(in CounterReport report, Account? account, long firstRecall)
    {
        var granted = account?.Granted ?? 0;
        return report.GrantedUnits <= granted
            && report.RecallFollowed <= Math.Max(account?.RecallSent ?? 0, firstRecall);
    }

    /// <summary>
    /// Whether a sync is so far below the newest known number that it can't be a repeat: the known number is wrong.
    /// </summary>
    public static bool IsBeforeAnyRepeat(long sequence, long known) =>
        sequence > 0 && known - sequence > SequenceLagMax;

    private static bool HasPlausibleForm(CounterReport report) =>
        report.Counter.Metric.Value is >= 0 and < MetricId.Max
        && report.Counter.Period.Value >= 0
        && IsAmount(report.ExtraUnits)
        && IsAmount(report.HeldUnits)
        && IsAmount(report.UnbackedHeldUnits)
        && IsAmount(report.RefusedUnits)
        && report is { UsedUnits: >= 0, ReturnedUnits: >= 0 }
        && report is { UnitsPerSecond: >= 0, NeedUnits: >= 0, RecallFollowed: >= 0 }
        && KeepsToItsRights(report);

    private static bool IsAmount(long units) => units is >= 0 and <= LeaseBounds.CounterUnitsMax;

    /// <summary>Checks U + R + held ≤ G, in a wider type: each of them may be any number.</summary>
    private static bool KeepsToItsRights(in CounterReport report) =>
        (Int128)report.UsedUnits + report.ReturnedUnits + report.HeldUnits <= report.GrantedUnits;
}
