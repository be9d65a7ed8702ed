using Microsoft.Extensions.Logging;

namespace Sluice.Engine.Sessions;

internal static partial class SessionLog
{
    [LoggerMessage(1601, LogLevel.Warning, "Session {Session} fenced: heartbeat stalled")]
    public static partial void Fenced(ILogger logger, long session);

    [LoggerMessage(1602, LogLevel.Warning, "Failed to check sessions: {Reason}")]
    public static partial void LookFailed(ILogger logger, string reason);
}
