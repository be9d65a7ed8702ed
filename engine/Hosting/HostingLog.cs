using Microsoft.Extensions.Logging;

namespace Sluice.Engine.Hosting;

internal static partial class HostingLog
{
    [LoggerMessage(1301, LogLevel.Warning, "Failed to close the session; the next start settles it: {Reason}")]
    public static partial void CloseFailed(ILogger logger, string reason);

    [LoggerMessage(1303, LogLevel.Critical, "A background loop failed; stopping the node")]
    public static partial void LoopFailed(ILogger logger, Exception e);

    [LoggerMessage(1304, LogLevel.Information, "Warm-up failed; the first requests take longer: {Reason}")]
    public static partial void StartsCold(ILogger logger, string reason);

    [LoggerMessage(1302, LogLevel.Warning, "Failed to write when keys were last used: {Reason}")]
    public static partial void NoteFailed(ILogger logger, string reason);
}
