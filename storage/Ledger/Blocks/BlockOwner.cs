namespace Sluice.Storage.Ledger.Blocks;

/// <summary>Whose usage an event is.</summary>
/// <param name="TenantId">The tenant.</param>
/// <param name="ProjectId">The project; 0 for none.</param>
/// <param name="SeatId">The seat; 0 for none.</param>
/// <param name="KeyId">The key.</param>
internal readonly record struct BlockOwner(long TenantId, long ProjectId, long SeatId, long KeyId);
