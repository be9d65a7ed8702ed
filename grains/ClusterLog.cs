using Microsoft.Extensions.Logging;

namespace Sluice.Grains;

internal static partial class ClusterLog
{
    [LoggerMessage(1701, LogLevel.Information, "Authority {Scope} has not answered; it is asked again: {Reason}")]
    public static partial void SyncUnanswered(ILogger logger, string scope, string reason);

    [LoggerMessage(1702, LogLevel.Warning, "Authority {Scope} has not confirmed its limits: {Reason}")]
    public static partial void RefreshUnanswered(ILogger logger, string scope, string reason);

    [LoggerMessage(1703, LogLevel.Warning, "The sessions could not be told of a change: {Reason}")]
    public static partial void TellFailed(ILogger logger, string reason);

    [LoggerMessage(1704, LogLevel.Information, "The edge of session {Session} has not confirmed a change: {Reason}")]
    public static partial void EdgeUnanswered(ILogger logger, long session, string reason);

    [LoggerMessage(1705, LogLevel.Debug, "A hint to the edge of session {Session} was lost: {Reason}")]
    public static partial void PushLost(ILogger logger, long session, string reason);

    [LoggerMessage(1706, LogLevel.Warning, "Prices and metrics could not be read again: {Reason}")]
    public static partial void RatesUnread(ILogger logger, string reason);
}
