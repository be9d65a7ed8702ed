namespace Sluice.Storage.Ledger.Blocks;

/// <summary>The result of a walk along the chains of the ledger.</summary>
/// <param name="Sessions">The sessions that were looked at.</param>
/// <param name="Blocks">The blocks that were read up to the break, if there is one.</param>
/// <param name="Events">Their events.</param>
/// <param name="Break">The first break; null if all is as it was written.</param>
public sealed record ChainReport(long Sessions, long Blocks, long Events, ChainBreak? Break);
