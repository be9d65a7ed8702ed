using Sluice.Metering.Leases.Holds;
using Sluice.Metering.Metrics;

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

    /// <summary>
    /// Whether the caller chose the id, so that the request may repeat one that was counted. The core then does not
    /// note a refusal; the shell calls <see cref="EdgeCore.NoteRefusal"/> once it has looked the id up.
    /// </summary>
    public bool HasClientId { get; set; }

    /// <summary>
    /// Whether the usage counts although its key has ended, because it has happened: the end of a reservation, or what
    /// a gateway reports. Only <see cref="AdmissionMode.Record"/> outlives a key; nothing new is admitted with it.
    /// </summary>
    public bool OutlivesKey { get; set; }

    /// <summary>
    /// For the commit of a hold that no edge has any more: that hold. Only what goes beyond it is taken here, and
    /// <see cref="HoldUses"/> says the rest. Requires <see cref="AdmissionMode.Record"/>; null for every other request.
    /// </summary>
    public HandedOverHold? HandedOver { get; set; }

    /// <summary>
    /// What the batch with this commit changes in the counters of <see cref="HandedOver"/>, once admitted; otherwise
    /// empty.
    /// </summary>
    public IReadOnlyList<HoldUse> HoldUses { get; internal set; } = [];

    /// <summary>Whether the key still stands behind this request.</summary>
    internal bool MayUseKey => Key.Live || (OutlivesKey && Mode == AdmissionMode.Record);

    /// <summary>The limit that refused the request; a refusal is noted only while this limit is in force.</summary>
    internal long? RefusedLimitUnits { get; set; }

    internal TakeList Waits { get; } = new();

    internal long WaitingSinceMs { get; set; } = -1;

    /// <summary>Whether the request must be answered from memory, which needs rights that allow it.</summary>
    public bool Memory { get; set; }
}
