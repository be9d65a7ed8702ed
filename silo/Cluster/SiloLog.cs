namespace Sluice.Silo.Cluster;

internal static partial class SiloLog
{
    [LoggerMessage(1801, LogLevel.Warning, "Declaring silo {Silo} dead: heartbeat stalled")]
    public static partial void DeclaredDead(ILogger logger, string silo);

    [LoggerMessage(1802, LogLevel.Warning, "Failed to read the cluster's members: {Reason}")]
    public static partial void MembersUnread(ILogger logger, string reason);

    [LoggerMessage(1803, LogLevel.Information, "Declaring silo {Silo} dead: it is an earlier start of this node")]
    public static partial void PredecessorBuried(ILogger logger, string silo);
}
