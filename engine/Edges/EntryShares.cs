using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Edge;
using Sluice.Metering.Leases.Holds;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Storage.Ledger.Entries;

namespace Sluice.Engine.Edges;

/// <summary>Fills in what an entry says about counters one by one.</summary>
internal static class EntryShares
{
    /// <summary>Makes an entry count in a period.</summary>
    public static void Follow(LedgerEntry entry, PeriodKey period)
    {
        if (period.Kind == PeriodKind.Month)
            entry.Month = period.Value;
        else if (period.Kind == PeriodKind.Day)
            entry.Day = period.Value;
    }

    /// <summary>Fills in the counters in which a reservation is held.</summary>
    public static void OfReservation(LedgerEntry entry, TakeList takes)
    {
        entry.Shares.Clear();
        foreach (ref readonly var take in takes.Items)
            Add(entry, take.Counter.Scope.Id.Kind, take.Counter.Id, take.RightsUnits);
    }

    /// <summary>
    /// Fills in what a commit counts in the counters of a handed-over hold, whose periods are those of the entry.
    /// </summary>
    public static void OfCommit(LedgerEntry entry, IReadOnlyList<HoldUse> uses)
    {
        entry.Shares.Clear();
        foreach (var use in uses)
        {
            Follow(entry, use.Counter.Period);
            Add(entry, use.Scope.Kind, use.Counter, use.UsedUnits);
        }

        entry.Elsewhere = entry.Elsewhere! with { Uses = uses };
    }

    private static void Add(LedgerEntry entry, ScopeKind scope, CounterId counter, long units)
    {
        for (var line = 0; line < entry.Charge.Count; line++)
        {
            if (entry.Charge.MetricAt(line) == counter.Metric)
                entry.Shares.Add(new EntryShare(scope, line, counter.Period.Kind, units));
        }
    }
}
