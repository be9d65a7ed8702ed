using Microsoft.Extensions.Logging;

namespace Sluice.Engine.Ledger;

internal static partial class LedgerLog
{
    [LoggerMessage(1001, LogLevel.Warning, "Failed to write ledger batch {Batch}; its callers were notified")]
    public static partial void BatchFailed(ILogger logger, Exception e, long batch);

    [LoggerMessage(1002, LogLevel.Warning, "Outcome of ledger batch {Batch} unknown; querying the store")]
    public static partial void CommitUnknown(ILogger logger, Exception e, long batch);

    [LoggerMessage(1003, LogLevel.Warning, "Store unreachable: {Reason}")]
    public static partial void StoreAway(ILogger logger, string reason);

    [LoggerMessage(
        1004, LogLevel.Warning, "Failed to write usage sums, at most {Rows} rows at a time; they are tried again")]
    public static partial void SumsFailed(ILogger logger, Exception e, int rows);
}
