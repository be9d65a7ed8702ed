using Sluice.Metering.Identity;

namespace Sluice.Storage.Ledger.Blocks;

/// <summary>A place where the ledger is not what was written.</summary>
/// <param name="Session">The session.</param>
/// <param name="Batch">The number of the batch; 0 where the session's row is wrong.</param>
/// <param name="Day">The day of the block's partition; null where there is no block.</param>
/// <param name="Problem">What is wrong there, in a sentence.</param>
public sealed record ChainBreak(SessionId Session, long Batch, DateOnly? Day, string Problem)
{
    /// <inheritdoc/>
    public override string ToString() => Day is { } day
        ? $"session {Session.Value}, batch {Batch}, {day:yyyy-MM-dd}: {Problem}"
        : $"session {Session.Value}, batch {Batch}: {Problem}";
}
