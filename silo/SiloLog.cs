namespace Sluice.Silo;

internal static partial class SiloLog
{
    [LoggerMessage(1801, LogLevel.Warning, "Silo {Silo} beats no more; it is given up, so that this one may join.")]
    public static partial void GivenUp(ILogger logger, string silo);

    [LoggerMessage(1802, LogLevel.Warning, "The members of the cluster could not be looked at: {Reason}")]
    public static partial void MembersUnread(ILogger logger, string reason);
}
