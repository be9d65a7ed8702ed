using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;

namespace Sluice.Storage.Ledger.Entries;

/// <summary>An event that is already in the ledger.</summary>
public sealed record FoundEntry(
    Guid Id,
    string EventId,
    EntryKind Kind,
    long Fingerprint,
    long KeyId,
    long AdmittedAtMs,
    long ExpiresAtMs,
    string Model,
    string Member,
    short[] Metrics,
    long[] Units,
    int UnpricedMask)
{
    /// <summary>The session that wrote it; 0 if it is in the ledger before blocks.</summary>
    public SessionId Session { get; init; }

    /// <summary>Returns what was found of an entry.</summary>
    internal static FoundEntry Of(LedgerEntry entry, SessionId session)
    {
        var (metrics, units) = (new short[entry.Charge.Count], new long[entry.Charge.Count]);
        for (var line = 0; line < metrics.Length; line++)
            (metrics[line], units[line]) = (entry.Charge.MetricAt(line).Value, entry.Charge.UnitsAt(line));
        return new FoundEntry(
            entry.Id, entry.EventId, entry.Kind, entry.Fingerprint, entry.KeyId, entry.AdmittedAtMs, entry.ExpiresAtMs,
            entry.Model, entry.Member, metrics, units, entry.UnpricedMask)
        {
            Session = session,
        };
    }
}
