using Microsoft.Extensions.Logging;

namespace Sluice.Engine.Authorities;

internal static partial class AuthorityLog
{
    [LoggerMessage(1201, LogLevel.Warning, "Authority {Scope} deposed in epoch {Epoch}")]
    public static partial void Deposed(ILogger logger, string scope, long epoch);

    [LoggerMessage(1202, LogLevel.Warning, "Failed to write leases; retrying: {Reason}")]
    public static partial void PersistFailed(ILogger logger, string reason);

    [LoggerMessage(1203, LogLevel.Warning, "Failed to look up session {Session}; waiting for its next sync: {Reason}")]
    public static partial void LookUpFailed(ILogger logger, long session, string reason);

    [LoggerMessage(
        1204, LogLevel.Warning, "Failed to read the holds of ended sessions; they are asked for again: {Reason}")]
    public static partial void HoldsUnread(ILogger logger, string reason);
}
