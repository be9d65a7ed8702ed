using Microsoft.Extensions.Logging;

namespace Sluice.Engine.Keys;

internal static partial class KeyLog
{
    [LoggerMessage(1261, LogLevel.Warning, "Failed to read the ids of keys; retrying: {Reason}")]
    public static partial void IdsUnread(ILogger logger, string reason);
}
