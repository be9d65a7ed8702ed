namespace Sluice.Metering.Leases.Edge;

/// <summary>One request at the edge. The shell derives its own type from it and reuses instances.</summary>
public class AdmissionRequest
{
    public EdgeKey Key { get; set; } = null!;

    public AdmissionMode Mode { get; set; }

    public Charge Charge { get; } = new();

    /// <summary>The units taken, once admitted.</summary>
    public TakeList Takes { get; } = new();

    /// <summary>The result; <see cref="AdmissionOutcome.Waiting"/> while it waits.</summary>
    public AdmissionOutcome Outcome { get; internal set; }

    /// <summary>The counter whose limit refused the request; null if it was not refused.</summary>
    public EdgeCounter? RefusedBy { get; internal set; }

    /// <summary>The amount that did not fit, if the request was refused.</summary>
    public long RefusedUnits { get; internal set; }

    internal TakeList Waits { get; } = new();

    internal long WaitingSinceMs { get; set; } = -1;

    /// <summary>Whether the request must be answered from memory, which needs rights that allow it.</summary>
    public bool Memory { get; set; }
}
