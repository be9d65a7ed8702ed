namespace Sluice.Simulation.Storage;

/// <summary>What became of an entry of a batch that was written.</summary>
internal enum EntryResult
{
    /// <summary>It is in the ledger.</summary>
    Written,

    /// <summary>An entry with its id was there before; nothing changed.</summary>
    Repeat,

    /// <summary>
    /// It is not in the ledger: its hold was handed over, or ended, since the edge looked. It must be admitted again.
    /// </summary>
    HoldMoved,
}
