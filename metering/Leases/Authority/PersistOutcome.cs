namespace Sluice.Metering.Leases.Authority;

/// <summary>How writing a <see cref="PersistBatch"/> ended.</summary>
public enum PersistOutcome : byte
{
    /// <summary>On disk.</summary>
    Done,

    /// <summary>Another activation has a newer epoch: this one stops and answers nothing.</summary>
    Deposed,

    /// <summary>It may or may not be on disk; the same totals are written again.</summary>
    Unknown,
}
