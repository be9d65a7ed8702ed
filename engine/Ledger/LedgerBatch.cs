using Sluice.Engine.Events;
using Sluice.Metering.Metrics;
using Sluice.Storage.Ledger.Entries;
using Sluice.Storage.Ledger.Ids;

namespace Sluice.Engine.Ledger;

/// <summary>The events of one batch, split into those to write and those that are repeats. Reused.</summary>
internal sealed class LedgerBatch
{
    private readonly Dictionary<Guid, UsageEvent> _first = [];

    /// <summary>All events, in order of arrival.</summary>
    public List<UsageEvent> Events { get; } = [];

    /// <summary>Ids that may already be in the ledger.</summary>
    public List<EventKey> Ids { get; } = [];

    /// <summary>Whether some events are only to be looked up.</summary>
    public bool HasLookUps { get; private set; }

    /// <summary>The new events.</summary>
    public List<UsageEvent> Written { get; } = [];

    /// <summary>What the ledger is to hold of the new events.</summary>
    public List<LedgerEntry> Rows { get; } = [];

    /// <summary>Events that are already counted, and refusals that were looked up.</summary>
    public List<UsageEvent> Others { get; } = [];

    public void Clear()
    {
        Events.Clear();
        Restart();
    }

    /// <summary>Finds repeats within the batch and the ids to look up.</summary>
    public void Restart()
    {
        _first.Clear();
        Ids.Clear();
        Written.Clear();
        Rows.Clear();
        Others.Clear();
        HasLookUps = false;
        foreach (var usage in Events)
        {
            usage.TwinOf = null;
            HasLookUps |= usage.LookUpOnly;
            if (!usage.HasClientId)
                continue;
            if (!_first.TryGetValue(usage.Entry.Id, out var first))
            {
                _first.Add(usage.Entry.Id, usage);
                Ids.Add(usage.Entry.Key);
                usage.TwinOf = OwnTwinOf(usage);
            }
            else if (first.LookUpOnly && !usage.LookUpOnly)
            {
                // Of a refused and an admitted attempt with the same id, the admitted one is the event.
                first.TwinOf = usage;
                _first[usage.Entry.Id] = usage;
            }
            else
            {
                usage.TwinOf = first;
            }
        }
    }

    /// <summary>Splits the events by what the ledger already holds.</summary>
    public void Sort(IReadOnlyList<FoundEntry> found)
    {
        var known = found.Count == 0 ? null : found.ToDictionary(f => f.Id);
        foreach (var usage in Events)
        {
            if (usage.HasClientId && known is not null && known.TryGetValue(usage.Entry.Id, out var entry))
            {
                Repeat(usage, entry);
                Others.Add(usage);
            }
            else if (usage.TwinOf is not null || usage.LookUpOnly)
            {
                Others.Add(usage);
            }
            else
            {
                if (!usage.Answered)
                    usage.Verdict = UsageVerdict.Allowed;
                Written.Add(usage);
                Rows.Add(usage.Entry);
            }
        }

        foreach (var usage in Others)
        {
            if (usage is { TwinOf: { } twin, Verdict: UsageVerdict.Undecided })
                Follow(usage, twin);
            else if (usage is { LookUpOnly: true, Verdict: UsageVerdict.Undecided })
                usage.Verdict = usage.VerdictOfRefusal;
        }
    }

    /// <summary>Gets the new entries whose reservations other sessions hold, or held.</summary>
    public IReadOnlyList<LedgerEntry> HeldElsewhere() => Rows.Exists(static row => row.Elsewhere is not null)
        ? [.. Rows.Where(static row => row.Elsewhere is not null)]
        : [];

    /// <summary>Leaves out the entries of reservations that are not as they were found.</summary>
    public void LeaveOut(IReadOnlySet<Guid> moved)
    {
        if (moved.Count == 0)
            return;
        foreach (var usage in Events)
        {
            var first = usage;
            while (first.TwinOf is { } twin)
                first = twin;
            if (first.Entry.Elsewhere is not { } found || !moved.Contains(found.Reservation)
                || !Rows.Contains(first.Entry))
            {
                continue;
            }

            usage.Verdict = UsageVerdict.HoldMoved;
            usage.Duplicate = false;
        }

        foreach (var usage in Written.Where(static usage => usage.Verdict == UsageVerdict.HoldMoved).ToArray())
        {
            Written.Remove(usage);
            Rows.Remove(usage.Entry);
            Others.Add(usage);
        }
    }

    /// <summary>
    /// Finds the event of this batch whose id was made here and is sent back already: it was answered from memory.
    /// </summary>
    private UsageEvent? OwnTwinOf(UsageEvent usage) => usage.Entry.Key.Own is { } own
        ? Events.Find(first => first.Entry.Key.IsUnique && first.Entry.Id == own.Id && first.Entry.KeyId == own.KeyId)
        : null;

    private static void Follow(UsageEvent usage, UsageEvent twin)
    {
        // The twin may itself be a refused attempt whose id is not in the ledger.
        while (twin.TwinOf is { } next)
            twin = next;
        if (twin.LookUpOnly && usage.LookUpOnly)
        {
            usage.Verdict = usage.VerdictOfRefusal;
            return;
        }

        usage.Verdict = Compare(usage, twin.Entry.Kind, twin.Entry.Fingerprint);
        usage.Duplicate = usage.Verdict == UsageVerdict.Allowed;
        usage.AmountUnits = twin.AmountUnits;
        usage.CreditsUnits = twin.CreditsUnits;
        usage.Entry.UnpricedMask = twin.Entry.UnpricedMask;
        usage.ExpiresAtMs = twin.ExpiresAtMs;
    }

    private static void Repeat(UsageEvent usage, FoundEntry entry)
    {
        usage.Verdict = Compare(usage, entry.Kind, entry.Fingerprint);
        usage.Duplicate = usage.Verdict == UsageVerdict.Allowed;
        usage.ExpiresAtMs = entry.ExpiresAtMs;
        usage.AmountUnits = UnitsOf(entry, MetricId.Amount);
        usage.CreditsUnits = UnitsOf(entry, MetricId.Credits);
        usage.Entry.UnpricedMask = MaskOf(usage, entry);
    }

    /// <summary>
    /// Returns which lines of a repeat had no price the first time; the metrics may be in another order.
    /// </summary>
    private static int MaskOf(UsageEvent usage, FoundEntry entry)
    {
        var mask = 0;
        for (var line = 0; line < usage.Charge.Count; line++)
        {
            var first = Array.IndexOf(entry.Metrics, usage.Charge.MetricAt(line).Value);
            if (first >= 0 && (entry.UnpricedMask & (1 << first)) != 0)
                mask |= 1 << line;
        }

        return mask;
    }

    private static UsageVerdict Compare(UsageEvent usage, EntryKind kind, long fingerprint) =>
        (usage.Entry.Kind, kind) switch
        {
            (EntryKind.Release, EntryKind.Release) => UsageVerdict.Allowed,
            (EntryKind.Release, EntryKind.Commit) => UsageVerdict.AlreadyCommitted,
            (EntryKind.Commit, EntryKind.Release) => UsageVerdict.AlreadyReleased,
            _ => usage.Entry.Fingerprint == fingerprint || usage.FingerprintWithTime == fingerprint
                ? UsageVerdict.Allowed
                : UsageVerdict.IdConflict,
        };

    private static long UnitsOf(FoundEntry entry, MetricId metric)
    {
        var line = Array.IndexOf(entry.Metrics, metric.Value);
        return line < 0 ? 0 : entry.Units[line];
    }
}
