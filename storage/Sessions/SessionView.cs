using Sluice.Metering.Identity;

namespace Sluice.Storage.Sessions;

/// <summary>What other nodes see of a session.</summary>
/// <param name="Session">Which.</param>
/// <param name="Beat">Changes with every beat; compared, never subtracted, so clocks don't matter.</param>
/// <param name="Fenced">Nothing is written for it any more.</param>
/// <param name="Settled">Its usage is in the accounts to the last unit.</param>
public readonly record struct SessionView(SessionId Session, DateTime Beat, bool Fenced, bool Settled);
