using Microsoft.Extensions.Logging;

namespace Sluice.Engine.Edges;

internal static partial class EdgeLog
{
    [LoggerMessage(1101, LogLevel.Critical, "Session {Session} was fenced: another node has taken over.")]
    public static partial void Fenced(ILogger logger, long session);

    [LoggerMessage(1102, LogLevel.Warning, "An authority could not be asked: {Reason}")]
    public static partial void SyncFailed(ILogger logger, string reason);

    [LoggerMessage(1103, LogLevel.Warning, "The session could not be renewed: {Reason}")]
    public static partial void BeatFailed(ILogger logger, string reason);

    [LoggerMessage(1104, LogLevel.Error, "A background loop of the edge failed; it goes on.")]
    public static partial void LoopFailed(ILogger logger, Exception e);
}
