namespace Sluice.Api.Jobs;

internal static partial class JobLog
{
    [LoggerMessage(1501, LogLevel.Warning, "Job {Job} failed and is tried again: {Reason}")]
    public static partial void Failed(ILogger logger, string job, string reason);

    [LoggerMessage(1502, LogLevel.Error, "Job {Job} failed unexpectedly and is tried again.")]
    public static partial void Broke(ILogger logger, Exception exception, string job);

    [LoggerMessage(1503, LogLevel.Debug, "New rows are not heard of for now; jobs run by the clock: {Reason}")]
    public static partial void Deaf(ILogger logger, string reason);

    [LoggerMessage(1504, LogLevel.Information, "Jobs don't run on this node (SLUICE_JOBS=false).")]
    public static partial void Off(ILogger logger);
}
