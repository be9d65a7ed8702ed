using Sluice.Metering.Identity;

namespace Sluice.Storage.Ledger.Sessions;

/// <summary>A session as seen by other nodes.</summary>
/// <param name="Session">The session.</param>
/// <param name="Beat">Changes with every heartbeat; compared, never subtracted, so clocks don't matter.</param>
/// <param name="Fenced">Whether the session is fenced: nothing more is written for it.</param>
/// <param name="Settled">Whether all its usage is in the accounts.</param>
public readonly record struct SessionView(SessionId Session, DateTime Beat, bool Fenced, bool Settled);
