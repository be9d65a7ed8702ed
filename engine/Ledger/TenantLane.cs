using Sluice.Engine.Events;

namespace Sluice.Engine.Ledger;

/// <summary>The events of one tenant that wait to be written, in the order of their arrival.</summary>
internal sealed class TenantLane(long tenantId)
{
    private readonly Queue<(UsageEvent Usage, long SinceMs)> _waiting = [];

    public long TenantId { get; } = tenantId;

    public int Count => _waiting.Count;

    /// <summary>Whether the lane is in the round of lanes that are dealt from.</summary>
    public bool InRound { get; set; }

    /// <summary>
    /// Since when the oldest event of the batch being written has waited, monotonic milliseconds;
    /// <see cref="long.MaxValue"/> if the batch has none of this tenant.
    /// </summary>
    public long TakenSinceMs { get; set; } = long.MaxValue;

    /// <summary>Since when the oldest event has waited that is not on disk yet.</summary>
    public long OldestMs => Math.Min(TakenSinceMs, _waiting.TryPeek(out var first) ? first.SinceMs : long.MaxValue);

    public void Add(UsageEvent usage, long nowMs) => _waiting.Enqueue((usage, nowMs));

    public UsageEvent Take()
    {
        var (usage, sinceMs) = _waiting.Dequeue();
        TakenSinceMs = Math.Min(TakenSinceMs, sinceMs);
        return usage;
    }
}
