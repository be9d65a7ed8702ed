using Microsoft.Extensions.Logging;

namespace Sluice.Grains;

internal static partial class ClusterLog
{
    [LoggerMessage(1701, LogLevel.Debug, "Authority {Scope} did not answer; retrying: {Reason}")]
    public static partial void SyncUnanswered(ILogger logger, string scope, string reason);

    [LoggerMessage(1702, LogLevel.Debug, "Authority {Scope} did not confirm its limits; retrying: {Reason}")]
    public static partial void RefreshUnanswered(ILogger logger, string scope, string reason);

    [LoggerMessage(1703, LogLevel.Warning, "Failed to propagate a change to the sessions; retrying: {Reason}")]
    public static partial void TellFailed(ILogger logger, string reason);

    [LoggerMessage(1704, LogLevel.Debug, "Edge of session {Session} did not confirm a change: {Reason}")]
    public static partial void EdgeUnanswered(ILogger logger, long session, string reason);

    [LoggerMessage(1705, LogLevel.Debug, "Push to the edge of session {Session} lost: {Reason}")]
    public static partial void PushLost(ILogger logger, long session, string reason);

    [LoggerMessage(1706, LogLevel.Warning, "Failed to apply a change: {Reason}")]
    public static partial void ChangeUnread(ILogger logger, string reason);

    [LoggerMessage(1707, LogLevel.Warning, "Refused a sync for session {Session} to authority {Scope}: {Reason}")]
    public static partial void SyncRefused(ILogger logger, long session, string scope, string reason);

    [LoggerMessage(1708, LogLevel.Warning, "Refused a message to the edge of this process: wrong seal")]
    public static partial void PushRefused(ILogger logger);
}
