using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Messages;

namespace Sluice.Metering.Leases.Authority;

/// <summary>What a step of an authority asks its shell to do. Cleared and reused by the shell.</summary>
public sealed class AuthorityEffects
{
    public List<PersistBatch> Persists { get; } = [];

    public List<(SessionId Session, SyncReply Reply)> Replies { get; } = [];

    public List<(SessionId Session, Recall Recall)> Recalls { get; } = [];

    public List<(SessionId Session, LimitsPush Push)> Pushes { get; } = [];

    /// <summary>Limit versions that are in force everywhere from now on.</summary>
    public List<long> Effective { get; } = [];

    /// <summary>
    /// Sessions that spoke and are not known here. Where the store says that one lives, call
    /// <see cref="AuthorityCore.OnSessionStarted"/>; the edge asks again by itself. Where it was fenced, do nothing.
    /// </summary>
    public List<SessionId> UnknownSessions { get; } = [];

    /// <summary>Another activation has taken over: drop this one.</summary>
    public bool Deposed { get; set; }

    public void Clear()
    {
        Persists.Clear();
        Replies.Clear();
        Recalls.Clear();
        Pushes.Clear();
        Effective.Clear();
        UnknownSessions.Clear();
        Deposed = false;
    }
}
