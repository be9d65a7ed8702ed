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

    [LoggerMessage(1808, LogLevel.Warning,
        "History is not protected: the role of SLUICE_POSTGRES may change events, audit entries and statements. Use a "
        + "role that does not own the tables, and SLUICE_POSTGRES_OWNER for migrations; see docs/runbook.md, Roles.")]
    public static partial void HistoryUnprotected(ILogger logger);

    [LoggerMessage(1809, LogLevel.Warning,
        "SLUICE_LEDGER_DAYS is {Wanted}, but the database keeps events for {Kept} days: only its owner can shorten "
        + "that; see docs/runbook.md, Roles.")]
    public static partial void RetentionDiffers(ILogger logger, int wanted, int kept);

    [LoggerMessage(1804, LogLevel.Warning, "{Sentence}")]
    public static partial void UnknownSetting(ILogger logger, string sentence);
}
