namespace Sluice.Metering.Leases.Edge;

/// <summary>One request at the edge. The shell derives its own from it and reuses it.</summary>
public class AdmissionRequest
{
    public EdgeKey Key { get; set; } = null!;

    public AdmissionMode Mode { get; set; }

    public Charge Charge { get; } = new();

    /// <summary>What was taken, once admitted.</summary>
    public TakeList Takes { get; } = new();

    /// <summary>How it ended; <see cref="AdmissionOutcome.Waiting"/> while it waits.</summary>
    public AdmissionOutcome Outcome { get; internal set; }

    /// <summary>After a refusal: the counter whose limit refused.</summary>
    public EdgeCounter? RefusedBy { get; internal set; }

    /// <summary>After a refusal: the amount that did not fit.</summary>
    public long RefusedUnits { get; internal set; }

    internal TakeList Waits { get; } = new();

    internal long WaitingSinceMs { get; set; } = -1;

    /// <summary>Set when the request must be answered from memory, which needs rights that allow it.</summary>
    public bool Memory { get; set; }
}
