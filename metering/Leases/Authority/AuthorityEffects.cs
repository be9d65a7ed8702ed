using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Messages;

namespace Sluice.Metering.Leases.Authority;

/// <summary>The actions that a step of an authority requests from its shell. Cleared and reused by the shell.</summary>
public sealed class AuthorityEffects
{
    public List<PersistBatch> Persists { get; } = [];

    public List<(SessionId Session, SyncReply Reply)> Replies { get; } = [];

    /// <summary>Replies to syncs that were refused; each is for that sync alone.</summary>
    public List<(SessionId Session, SyncReply Reply)> Refusals { get; } = [];

    public List<(SessionId Session, Recall Recall)> Recalls { get; } = [];

    public List<(SessionId Session, LimitsPush Push)> Pushes { get; } = [];

    /// <summary>Limit versions that are now in force everywhere.</summary>
    public List<long> Effective { get; } = [];

    /// <summary>
    /// Sessions that sent a message and are unknown here. If the store says that one is alive, call
    /// <see cref="AuthorityCore.OnSessionStarted"/>; the edge retries on its own. If it was fenced, do nothing.
    /// </summary>
    public List<SessionId> UnknownSessions { get; } = [];

    /// <summary>
    /// Numbers of readings to make now: read the holds of settled sessions in this scope from the store, in a statement
    /// that begins after this effect, and pass them to <see cref="AuthorityCore.OnHoldsRead"/> with the number. If that
    /// fails, do nothing: it is requested again.
    /// </summary>
    public List<long> HoldReads { get; } = [];

    /// <summary>Whether another activation has taken over; if so, this one must be dropped.</summary>
    public bool Deposed { get; set; }

    public void Clear()
    {
        Persists.Clear();
        Replies.Clear();
        Refusals.Clear();
        Recalls.Clear();
        Pushes.Clear();
        Effective.Clear();
        UnknownSessions.Clear();
        HoldReads.Clear();
        Deposed = false;
    }
}
