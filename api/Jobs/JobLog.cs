namespace Sluice.Api.Jobs;

internal static partial class JobLog
{
    [LoggerMessage(1521, LogLevel.Warning, "Job {Job} failed and is tried again: {Reason}")]
    public static partial void Failed(ILogger logger, string job, string reason);

    [LoggerMessage(1522, LogLevel.Error, "Job {Job} failed unexpectedly and is tried again.")]
    public static partial void Broke(ILogger logger, Exception exception, string job);

    [LoggerMessage(1523, LogLevel.Debug, "New rows are not heard of for now; jobs run by the clock: {Reason}")]
    public static partial void Deaf(ILogger logger, string reason);

    [LoggerMessage(
        1525,
        LogLevel.Error,
        "Tenant {Tenant}, metric {Metric}, month {Month}: counters are off the ledger by {Counters}, sums by {Sums}.")]
    public static partial void Drifted(
        ILogger logger, long tenant, short metric, int month, long counters, long sums);
}
