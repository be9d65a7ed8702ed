using Sluice.Metering.Identity;

namespace Sluice.Storage.Ledger.Blocks;

/// <summary>Where a block is.</summary>
/// <param name="Day">The day of the partition.</param>
/// <param name="Session">The session that wrote it.</param>
/// <param name="Batch">The number of its batch.</param>
public readonly record struct BlockPlace(DateOnly Day, SessionId Session, long Batch);
