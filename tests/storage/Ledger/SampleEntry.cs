using Sluice.Metering.Metrics;
using Sluice.Storage.Ledger.Entries;

namespace Sluice.Storage.Ledger;

/// <summary>Entries for tests; values that a test does not name are the same in all of them.</summary>
internal static class SampleEntry
{
    public static LedgerEntry New(
        long tenant = 1, long key = 4, long units = 5, EntryKind kind = EntryKind.Consume, Guid? id = null)
    {
        var entry = new LedgerEntry
        {
            Id = id ?? Guid.NewGuid(),
            EventId = "event",
            Kind = kind,
            TenantId = tenant,
            KeyId = key,
            AtMs = MeteringDatabase.NowMs,
            AdmittedAtMs = MeteringDatabase.NowMs,
            Month = 202607,
            Day = 20260715,
            Charge = new Charge(),
        };
        entry.Charge.Add(MetricId.TextTokens, units);
        return entry;
    }
}
