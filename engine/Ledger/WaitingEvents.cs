using Sluice.Engine.Events;

namespace Sluice.Engine.Ledger;

/// <summary>
/// The events that wait to be written, dealt out by tenant: each batch takes a little of every tenant in turn, so one
/// that sends very much waits behind itself and not before the others.
/// </summary>
internal sealed class WaitingEvents
{
    /// <summary>Lines that a tenant may add to a batch before it is the next one's turn.</summary>
    private const int TurnLines = 128;

    private readonly Lock _gate = new();
    private readonly Dictionary<long, TenantLane> _lanes = [];
    private readonly Queue<TenantLane> _round = [];
    private readonly List<TenantLane> _taken = [];
    private readonly List<TenantLane> _held = [];
    private int _count;
    private bool _closed;

    /// <summary>The number of events that wait.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>
    /// Adds an event; returns false if the tenant has its share already, or nothing more is accepted. A tenant may fill
    /// as much as is still free, so there is always room for another one.
    /// </summary>
    public bool TryAdd(UsageEvent usage, long nowMs)
    {
        var tenantId = usage.Entry.TenantId;
        lock (_gate)
        {
            if (_closed)
                return false;
            if (!_lanes.TryGetValue(tenantId, out var lane))
            {
                if (_count >= LedgerBounds.QueueMax)
                    return false;
                _lanes.Add(tenantId, lane = new TenantLane(tenantId));
            }
            else if (lane.Count >= LedgerBounds.QueueMax - _count)
            {
                return false;
            }

            lane.Add(usage, nowMs);
            _count++;
            if (lane.InRound)
                return true;
            lane.InRound = true;
            _round.Enqueue(lane);
            return true;
        }
    }

    /// <summary>Whether this many more events of a tenant would be accepted now.</summary>
    public bool HasRoom(long tenantId, int count)
    {
        lock (_gate)
        {
            var mine = _lanes.TryGetValue(tenantId, out var lane) ? lane.Count : 0;
            return _closed || mine + count <= LedgerBounds.QueueMax - _count - count;
        }
    }

    /// <summary>Accepts nothing more; what waits can still be taken.</summary>
    public void Close()
    {
        lock (_gate)
            _closed = true;
    }

    /// <summary>Takes events for a batch, some of each tenant in turn.</summary>
    /// <param name="batch">Receives the events.</param>
    /// <param name="eventsMax">Maximum events that the batch may then have.</param>
    /// <param name="linesMax">Maximum lines to add; the last event may go beyond.</param>
    /// <param name="mayWrite">Whether events of a tenant may be written now.</param>
    public void Take(List<UsageEvent> batch, int eventsMax, int linesMax, Func<long, bool> mayWrite)
    {
        lock (_gate)
        {
            while (batch.Count < eventsMax && linesMax > 0 && _round.TryDequeue(out var lane))
            {
                if (!mayWrite(lane.TenantId))
                {
                    _held.Add(lane);
                    continue;
                }

                TakeTurn(lane, batch, eventsMax, ref linesMax);
                if (lane.Count > 0)
                    _round.Enqueue(lane);
                else
                    lane.InRound = false;
            }

            foreach (var lane in _held)
                _round.Enqueue(lane);
            _held.Clear();
        }
    }

    /// <summary>Takes everything that waits.</summary>
    public List<UsageEvent> TakeAll()
    {
        var all = new List<UsageEvent>();
        Take(all, int.MaxValue, int.MaxValue, static _ => true);
        return all;
    }

    /// <summary>Notes that the events taken so far are on disk, or will not be.</summary>
    public void EndBatch()
    {
        lock (_gate)
        {
            foreach (var lane in _taken)
            {
                lane.TakenSinceMs = long.MaxValue;
                if (lane.Count == 0)
                    _lanes.Remove(lane.TenantId);
            }

            _taken.Clear();
        }
    }

    /// <summary>
    /// Since when a tenant's oldest event has waited that is not on disk yet, monotonic milliseconds;
    /// <see cref="long.MaxValue"/> if none waits.
    /// </summary>
    public long OldestMs(long tenantId)
    {
        lock (_gate)
            return _lanes.TryGetValue(tenantId, out var lane) ? lane.OldestMs : long.MaxValue;
    }

    private void TakeTurn(TenantLane lane, List<UsageEvent> batch, int eventsMax, ref int linesMax)
    {
        if (lane.TakenSinceMs == long.MaxValue)
            _taken.Add(lane);
        var turn = TurnLines;
        while (lane.Count > 0 && turn > 0 && linesMax > 0 && batch.Count < eventsMax)
        {
            var usage = lane.Take();
            batch.Add(usage);
            _count--;
            var lines = LinesOf(usage);
            turn -= lines;
            linesMax -= lines;
        }
    }

    /// <summary>What an event costs in a batch: its row, and a line for each metric.</summary>
    public static int LinesOf(UsageEvent usage) => 1 + usage.Charge.Count;
}
