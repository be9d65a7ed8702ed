namespace Sluice.Simulation.Storage;

/// <summary>The kinds of ledger entries.</summary>
internal enum EntryKind
{
    /// <summary>Usage that ends no reservation.</summary>
    Usage,

    /// <summary>A reservation; its units are held, not used.</summary>
    Reserve,

    /// <summary>The usage that ends a reservation. Has the same id as a release of it, so there is at most one end.
    /// </summary>
    Commit,

    /// <summary>The end of a reservation without usage.</summary>
    Release,

    /// <summary>A later expiry of a reservation; its id contains its number.</summary>
    Prolong,

    /// <summary>
    /// The expiry of a reservation at the edge that has it. Has the id of the next prolongation, so either the one or
    /// the other is written.
    /// </summary>
    Expire,
}
