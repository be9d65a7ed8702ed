namespace Sluice.Metering.Leases.Edge;

/// <summary>How a request treats limits.</summary>
public enum AdmissionMode : byte
{
    /// <summary>Counted if it fits, refused as a whole if not.</summary>
    Consume,

    /// <summary>Already happened: counted in full, beyond the limit where it must be.</summary>
    Record,

    /// <summary>A dry run: as <see cref="Consume"/>, but a refusal is nobody's news. Refund what was taken.</summary>
    Check,
}
