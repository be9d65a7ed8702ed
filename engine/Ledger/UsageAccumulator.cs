using System.Runtime.InteropServices;
using Sluice.Engine.Events;
using Sluice.Metering.Leases.Edge;
using Sluice.Storage.Ledger;

namespace Sluice.Engine.Ledger;

/// <summary>
/// Usage in the ledger that is not yet in the accounts and sums on disk: added with each batch, written at checkpoints.
/// Used by the ledger writer only.
/// </summary>
internal sealed class UsageAccumulator
{
    private static readonly Checkpoint Nothing = new([], [], Full: true);

    private readonly List<EdgeCounter> _lagging = [];
    private readonly Dictionary<RollupKey, (long Units, long Unpriced)> _sums = [];
    private readonly List<EdgeCounter> _beyond = [];

    public bool Empty => _lagging.Count == 0 && _sums.Count == 0;

    /// <summary>Adds a batch, or with sign −1 subtracts one that could not be written.</summary>
    public void Add(List<UsageEvent> written, int sign)
    {
        _beyond.Clear();
        foreach (var usage in written)
        {
            if (usage.Entry.Kind is EntryKind.Reserve or EntryKind.Release or EntryKind.Prolong)
                continue;
            AddAccounts(usage, sign);
            AddSums(usage, sign);
        }
    }

    /// <summary>
    /// Plans the checkpoint that the batch must carry. Usage beyond rights on a limited counter always goes with its
    /// batch, because an authority reads it from the account when it starts; the rest may lag. A batch after which
    /// nothing lags says so: the last batch of a session that falls silent may be a reservation, and the statements of
    /// all tenants wait until sums reach the last batch of every session.
    /// </summary>
    public Checkpoint? Plan(bool full)
    {
        if (Empty)
            return Nothing;
        if (!full && _beyond.Count == 0)
            return null;
        var accounts = new List<AccountLine>();
        foreach (var counter in full ? _lagging : _beyond)
        {
            accounts.Add(new AccountLine(
                counter.Scope.Id, counter.Id, counter.LedgerUsedUnits, counter.LedgerExtraUnits));
        }

        accounts.Sort();
        return new Checkpoint(Distinct(accounts), full ? SortedSums() : [], full);
    }

    /// <summary>Clears the state after a full checkpoint is on disk.</summary>
    public void Written()
    {
        foreach (var counter in _lagging)
            counter.LedgerLags = false;
        _lagging.Clear();
        _sums.Clear();
    }

    private void AddAccounts(UsageEvent usage, int sign)
    {
        foreach (ref readonly var take in usage.Takes.Items)
        {
            var counter = take.Counter;
            counter.LedgerUsedUnits += sign * take.RightsUnits;
            counter.LedgerExtraUnits += sign * take.ExtraUnits;
            if (!counter.LedgerLags)
            {
                counter.LedgerLags = true;
                _lagging.Add(counter);
            }

            if (take.ExtraUnits > 0 && counter.LimitUnits is not null)
                _beyond.Add(counter);
        }
    }

    private void AddSums(UsageEvent usage, int sign)
    {
        var entry = usage.Entry;
        var bucket = entry.AtMs - (entry.AtMs % RollupKey.BucketLengthMs);
        for (var line = 0; line < entry.Charge.Count; line++)
        {
            var units = entry.Charge.UnitsAt(line);
            if (units == 0)
                continue;
            var key = new RollupKey(
                entry.TenantId, bucket, entry.Month, entry.KeyId, entry.ProjectId, entry.SeatId, entry.Member,
                entry.Model, entry.Charge.MetricAt(line).Value);
            ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_sums, key, out _);
            sum.Units += sign * units;
            if ((entry.UnpricedMask & (1 << line)) != 0)
                sum.Unpriced += sign * units;
        }
    }

    private List<RollupLine> SortedSums()
    {
        var lines = new List<RollupLine>(_sums.Count);
        foreach (var (key, sum) in _sums)
        {
            if (sum.Units != 0)
                lines.Add(new RollupLine(key, sum.Units, sum.Unpriced));
        }

        lines.Sort((a, b) => a.Key.CompareTo(b.Key));
        return lines;
    }

    private static List<AccountLine> Distinct(List<AccountLine> sorted)
    {
        var kept = 0;
        for (var i = 0; i < sorted.Count; i++)
        {
            if (i == 0 || sorted[i] != sorted[kept - 1])
                sorted[kept++] = sorted[i];
        }

        sorted.RemoveRange(kept, sorted.Count - kept);
        return sorted;
    }
}
