using Microsoft.Extensions.Logging;

namespace Sluice.Engine.Hosting;

internal static partial class HostingLog
{
    [LoggerMessage(1301, LogLevel.Warning, "The session could not be closed; the next start settles it: {Reason}")]
    public static partial void CloseFailed(ILogger logger, string reason);

    [LoggerMessage(1303, LogLevel.Critical, "A loop of the node failed; the node stops.")]
    public static partial void LoopFailed(ILogger logger, Exception e);

    [LoggerMessage(1304, LogLevel.Information, "The node starts cold; its first requests take longer: {Reason}")]
    public static partial void StartsCold(ILogger logger, string reason);

    [LoggerMessage(1302, LogLevel.Warning, "Times of last use could not be written: {Reason}")]
    public static partial void NoteFailed(ILogger logger, string reason);
}
