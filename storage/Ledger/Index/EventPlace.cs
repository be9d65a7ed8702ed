using Sluice.Storage.Ledger.Blocks;

namespace Sluice.Storage.Ledger.Index;

/// <summary>Where an event is.</summary>
/// <param name="Id">The id for lookups.</param>
/// <param name="Block">The place of its block.</param>
/// <param name="Position">Its number in the block, from 0.</param>
internal readonly record struct EventPlace(Guid Id, BlockPlace Block, int Position);
