using Sluice.Metering.Metrics;
using Sluice.Storage.Ledger.Ids;

namespace Sluice.Storage.Ledger.Entries;

/// <summary>One event as stored in the ledger. Reused across events; times are Unix milliseconds.</summary>
public sealed class LedgerEntry
{
    /// <summary>What the event is found by.</summary>
    public EventKey Key { get; set; }

    /// <summary>The id for lookups, derived from the caller's id and key.</summary>
    public Guid Id
    {
        get => Key.Id;
        set => Key = new EventKey(value);
    }

    public string EventId { get; set; } = "";

    public EntryKind Kind { get; set; }

    public long TenantId { get; set; }

    /// <summary>The project's id; 0 for a key without a project.</summary>
    public long ProjectId { get; set; }

    /// <summary>The seat's id; 0 for a key without a seat.</summary>
    public long SeatId { get; set; }

    public long KeyId { get; set; }

    public string Member { get; set; } = "";

    public string Model { get; set; } = "";

    public long AtMs { get; set; }

    public long AdmittedAtMs { get; set; }

    /// <summary>The key of the month in which the event counts.</summary>
    public int Month { get; set; }

    public int Day { get; set; }

    /// <summary>Everything that is counted (or held), including derived metrics.</summary>
    public Charge Charge { get; set; } = null!;

    /// <summary>Bit i is set if line i of the charge has no price.</summary>
    public int UnpricedMask { get; set; }

    /// <summary>The digest of the body: the same id with another body is a conflict.</summary>
    public long Fingerprint { get; set; }

    /// <summary>The expiry of a reservation; 0 for none.</summary>
    public long ExpiresAtMs { get; set; }

    /// <summary>Whether its units are usage; otherwise they are held, or there are none.</summary>
    public bool Counts => Kind is EntryKind.Consume or EntryKind.Record or EntryKind.Commit;
}
