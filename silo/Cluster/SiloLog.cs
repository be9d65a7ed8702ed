namespace Sluice.Silo.Cluster;

internal static partial class SiloLog
{
    [LoggerMessage(1801, LogLevel.Warning, "Declaring silo {Silo} dead: heartbeat stalled")]
    public static partial void DeclaredDead(ILogger logger, string silo);

    [LoggerMessage(1802, LogLevel.Warning, "Failed to read the cluster's members: {Reason}")]
    public static partial void MembersUnread(ILogger logger, string reason);

    [LoggerMessage(1803, LogLevel.Information, "Declaring silo {Silo} dead: it is an earlier start of this node")]
    public static partial void PredecessorBuried(ILogger logger, string silo);

    [LoggerMessage(1805, LogLevel.Information, "{Node} has joined (silo {Silo})")]
    public static partial void Joined(ILogger logger, string node, string silo);

    [LoggerMessage(1806, LogLevel.Warning, "{Node} is dead (silo {Silo}): it stopped answering")]
    public static partial void Died(ILogger logger, string node, string silo);

    [LoggerMessage(1807, LogLevel.Information, "{Node} has left (silo {Silo})")]
    public static partial void Left(ILogger logger, string node, string silo);

    [LoggerMessage(1804, LogLevel.Warning, "{Sentence}")]
    public static partial void UnknownSetting(ILogger logger, string sentence);
}
