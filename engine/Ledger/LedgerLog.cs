using Microsoft.Extensions.Logging;

namespace Sluice.Engine.Ledger;

internal static partial class LedgerLog
{
    [LoggerMessage(1001, LogLevel.Warning, "Ledger batch {Batch} was not written; its callers were told so.")]
    public static partial void BatchFailed(ILogger logger, Exception e, long batch);

    [LoggerMessage(1002, LogLevel.Warning, "The outcome of ledger batch {Batch} is unknown; asking the store.")]
    public static partial void CommitUnknown(ILogger logger, Exception e, long batch);

    [LoggerMessage(1003, LogLevel.Warning, "The store can't be reached: {Reason}")]
    public static partial void StoreAway(ILogger logger, string reason);
}
