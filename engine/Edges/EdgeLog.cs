using Microsoft.Extensions.Logging;

namespace Sluice.Engine.Edges;

internal static partial class EdgeLog
{
    [LoggerMessage(1101, LogLevel.Critical, "Session {Session} fenced: another node has taken over")]
    public static partial void Fenced(ILogger logger, long session);

    [LoggerMessage(1102, LogLevel.Warning, "Failed to sync with an authority: {Reason}")]
    public static partial void SyncFailed(ILogger logger, string reason);

    [LoggerMessage(1103, LogLevel.Warning, "Failed to renew the session: {Reason}")]
    public static partial void BeatFailed(ILogger logger, string reason);

    [LoggerMessage(1104, LogLevel.Error, "A background task of the edge failed; continuing")]
    public static partial void LoopFailed(ILogger logger, Exception e);
}
