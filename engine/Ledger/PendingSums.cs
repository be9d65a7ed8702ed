using System.Runtime.InteropServices;
using Sluice.Engine.Events;
using Sluice.Storage.Ledger;
using Sluice.Storage.Ledger.Entries;

namespace Sluice.Engine.Ledger;

/// <summary>
/// Usage in the ledger that is not yet in the sums on disk. The ledger writer adds every batch that was written, the
/// sum writer takes segments that end with a batch; so the sums on disk always reach exactly to one.
/// </summary>
internal sealed class PendingSums
{
    private readonly Lock _gate = new();
    private readonly Queue<SumSegment> _closed = [];
    private readonly Dictionary<long, int> _rows = [];
    private SumSegment _open = new();
    private long _reach;
    private int _total;

    /// <summary>The number of rows that are not on disk.</summary>
    public int Rows => Volatile.Read(ref _total);

    /// <summary>The number of rows of a tenant that are not on disk.</summary>
    public int RowsOf(long tenantId)
    {
        lock (_gate)
            return _rows.GetValueOrDefault(tenantId);
    }

    /// <summary>Adds the events of a batch that is on disk.</summary>
    public void Add(List<UsageEvent> written, long batch)
    {
        lock (_gate)
        {
            if (_open.Sums.Count >= LedgerBounds.SegmentRowsMin)
                Close();
            foreach (var usage in written)
            {
                if (usage.Entry.Counts)
                    Add(usage.Entry);
            }

            _open.End = batch;
        }
    }

    /// <summary>
    /// Notes that the accounts on disk reach up to a batch, so that the sums may too: the session's row has one number
    /// for both.
    /// </summary>
    public void AllowUpTo(long batch)
    {
        lock (_gate)
        {
            _open.End = batch;
            Close();
            _reach = batch;
        }
    }

    /// <summary>Takes what is to be written next; null if there is nothing.</summary>
    /// <param name="rowsMax">Segments are joined up to this many rows.</param>
    public SumSegment? Take(int rowsMax)
    {
        lock (_gate)
        {
            if (!_closed.TryPeek(out var first) || first.End > _reach)
                return null;
            _closed.Dequeue();
            while (_closed.TryPeek(out var next) && next.End <= _reach
                && first.Sums.Count + next.Sums.Count <= rowsMax)
            {
                Join(first, _closed.Dequeue());
            }

            return first;
        }
    }

    /// <summary>Notes that a segment is on disk.</summary>
    public void OnWritten(SumSegment segment)
    {
        lock (_gate)
        {
            foreach (var key in segment.Sums.Keys)
                Forget(key.TenantId);
        }
    }

    private void Close()
    {
        _closed.Enqueue(_open);
        _open = new SumSegment { End = _open.End };
    }

    private void Add(LedgerEntry entry)
    {
        var bucket = entry.AtMs - (entry.AtMs % RollupKey.BucketLengthMs);
        for (var line = 0; line < entry.Charge.Count; line++)
        {
            var units = entry.Charge.UnitsAt(line);
            if (units == 0)
                continue;
            var key = new RollupKey(
                entry.TenantId, bucket, entry.Month, entry.KeyId, entry.ProjectId, entry.SeatId, entry.Member,
                entry.Model, entry.Charge.MetricAt(line).Value);
            ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_open.Sums, key, out var known);
            if (!known)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_rows, entry.TenantId, out _)++;
                _total++;
            }

            sum.Units += units;
            if ((entry.UnpricedMask & (1 << line)) != 0)
                sum.Unpriced += units;
        }
    }

    private void Join(SumSegment first, SumSegment next)
    {
        foreach (var (key, added) in next.Sums)
        {
            ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(first.Sums, key, out var known);
            if (known)
                Forget(key.TenantId);
            sum.Units += added.Units;
            sum.Unpriced += added.Unpriced;
        }

        first.End = next.End;
    }

    private void Forget(long tenantId)
    {
        ref var rows = ref CollectionsMarshal.GetValueRefOrAddDefault(_rows, tenantId, out _);
        _total--;
        if (--rows == 0)
            _rows.Remove(tenantId);
    }
}
