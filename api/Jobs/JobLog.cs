namespace Sluice.Api.Jobs;

internal static partial class JobLog
{
    [LoggerMessage(1521, LogLevel.Warning, "Job {Job} failed and will be retried: {Reason}")]
    public static partial void Failed(ILogger logger, string job, string reason);

    [LoggerMessage(1522, LogLevel.Error, "Job {Job} failed unexpectedly and will be retried.")]
    public static partial void Broke(ILogger logger, Exception exception, string job);

    [LoggerMessage(1523, LogLevel.Debug, "Outbox LISTEN unavailable; jobs poll on schedule instead: {Reason}")]
    public static partial void Deaf(ILogger logger, string reason);

    [LoggerMessage(
        1525,
        LogLevel.Error,
        "Ledger drift: tenant {Tenant}, metric {Metric}, month {Month}, counters {Counters}, sums {Sums}.")]
    public static partial void Drifted(
        ILogger logger, long tenant, short metric, int month, long counters, long sums);
}
