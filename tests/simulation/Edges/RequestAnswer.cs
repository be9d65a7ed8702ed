namespace Sluice.Simulation.Edges;

/// <summary>The answer to a client.</summary>
internal enum RequestAnswer
{
    /// <summary>Counted; the ledger has it.</summary>
    Durable,

    /// <summary>Counted; the ledger will have it unless the process dies first.</summary>
    Memory,

    /// <summary>The event was counted before.</summary>
    Duplicate,

    /// <summary>A check that would pass.</summary>
    WouldPass,

    Refused,
    Stranded,
    Unauthorized,

    /// <summary>503: try again with the same id.</summary>
    Unavailable,
}
