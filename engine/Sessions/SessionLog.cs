using Microsoft.Extensions.Logging;

namespace Sluice.Engine.Sessions;

internal static partial class SessionLog
{
    [LoggerMessage(1601, LogLevel.Warning, "Session {Session} went silent and was fenced.")]
    public static partial void Fenced(ILogger logger, long session);

    [LoggerMessage(1602, LogLevel.Warning, "The sessions could not be looked at: {Reason}")]
    public static partial void LookFailed(ILogger logger, string reason);
}
