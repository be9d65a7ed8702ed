namespace Sluice.Metering.Leases.Authority;

/// <summary>The result of writing a <see cref="PersistBatch"/>.</summary>
public enum PersistOutcome : byte
{
    /// <summary>The batch is on disk.</summary>
    Done,

    /// <summary>Another activation has a newer epoch: this one stops and answers nothing.</summary>
    Deposed,

    /// <summary>The batch may or may not be on disk; the same totals are written again.</summary>
    Unknown,
}
