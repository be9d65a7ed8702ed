namespace Sluice.Engine.Ledger;

/// <summary>How writing a batch ended.</summary>
internal enum BatchOutcome : byte
{
    /// <summary>On disk.</summary>
    Written,

    /// <summary>Certainly not on disk.</summary>
    Failed,

    /// <summary>Another node wrote one of the ids since it was looked up: begin anew.</summary>
    Collided,

    /// <summary>The session is over.</summary>
    Fenced,
}
