namespace Sluice.Metering.Leases.Edge;

/// <summary>How a request treats limits.</summary>
public enum AdmissionMode : byte
{
    /// <summary>Counted if it fits; otherwise refused as a whole.</summary>
    Consume,

    /// <summary>Already happened: counted in full, beyond the limit if necessary.</summary>
    Record,

    /// <summary>
    /// A dry run: as <see cref="Consume"/>, but a refusal fires nothing. The caller must refund the takes.
    /// </summary>
    Check,
}
