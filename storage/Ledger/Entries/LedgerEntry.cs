using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
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

    /// <summary>
    /// Of a reservation: the counters in which it is held. Of the commit of a handed-over hold: the counters of the
    /// hold in which it counts. Otherwise empty.
    /// </summary>
    public List<EntryShare> Shares { get; } = [];

    /// <summary>
    /// The reservation that it ends or prolongs, if this session does not have its hold; not stored, but decides
    /// whether the entry can be written.
    /// </summary>
    public HoldElsewhere? Elsewhere { get; set; }

    /// <summary>Returns the owner of a share's counter.</summary>
    public ScopeId ScopeOf(in EntryShare share) => new(share.Scope, share.Scope switch
    {
        ScopeKind.Tenant => TenantId,
        ScopeKind.Project => ProjectId,
        ScopeKind.Seat => SeatId,
        _ => KeyId,
    });

    /// <summary>Returns the counter of a share.</summary>
    public CounterId CounterOf(in EntryShare share)
    {
        var period = share.Period switch
        {
            PeriodKind.Month => Month,
            PeriodKind.Day => Day,
            _ => 0,
        };
        return new CounterId(Charge.MetricAt(share.Line), new PeriodKey(period));
    }

    /// <summary>
    /// Returns the units of a line that count in an account of the session that wrote the event: all, except those of
    /// a commit that count where its hold is.
    /// </summary>
    public long UnitsInAccount(ScopeKind scope, int line, PeriodKind period)
    {
        var units = Charge.UnitsAt(line);
        if (Kind != EntryKind.Commit || Shares.Count == 0)
            return units;
        var isHeld = false;
        foreach (var share in Shares)
        {
            if (share.Scope != scope || share.Line != line)
                continue;
            if (share.Period == period)
                return units - share.Units;
            isHeld = true;
        }

        // What is held in a scope counts there only in the counters of the hold.
        return isHeld ? 0 : units;
    }

    /// <summary>Whether its units are usage; otherwise they are held, or there are none.</summary>
    public bool Counts => Kind is EntryKind.Consume or EntryKind.Record or EntryKind.Commit;
}
