using Sluice.Metering.Leases.Edge;

namespace Sluice.Storage.Ledger;

/// <summary>One event as the ledger keeps it. Reused from event to event; times are Unix milliseconds.</summary>
public sealed class LedgerEntry
{
    /// <summary>What the id is looked up by: made from the caller's id and key.</summary>
    public Guid Id { get; set; }

    public string EventId { get; set; } = "";

    public EntryKind Kind { get; set; }

    public long TenantId { get; set; }

    /// <summary>0 for a key without a project.</summary>
    public long ProjectId { get; set; }

    /// <summary>0 for a key without a seat.</summary>
    public long SeatId { get; set; }

    public long KeyId { get; set; }

    public string Member { get; set; } = "";

    public string Model { get; set; } = "";

    public long AtMs { get; set; }

    public long AdmittedAtMs { get; set; }

    /// <summary>Period keys in which the event counts.</summary>
    public int Month { get; set; }

    public int Day { get; set; }

    /// <summary>All that is counted (or held), derived metrics included.</summary>
    public Charge Charge { get; set; } = null!;

    /// <summary>Bit i is set where line i of the charge has no price.</summary>
    public int UnpricedMask { get; set; }

    /// <summary>Of the body: the same id with another one is a conflict.</summary>
    public long Fingerprint { get; set; }

    /// <summary>Of a reservation; 0 for none.</summary>
    public long ExpiresAtMs { get; set; }
}
