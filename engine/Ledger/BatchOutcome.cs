namespace Sluice.Engine.Ledger;

/// <summary>The result of writing a batch.</summary>
internal enum BatchOutcome : byte
{
    /// <summary>The batch is on disk.</summary>
    Written,

    /// <summary>The batch is certainly not on disk.</summary>
    Failed,

    /// <summary>Another node wrote one of the ids after it was looked up: start over.</summary>
    Collided,

    /// <summary>The session has ended.</summary>
    Fenced,
}
