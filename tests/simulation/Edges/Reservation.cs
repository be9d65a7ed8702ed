using Sluice.Metering.Leases.Edge;

namespace Sluice.Simulation.Edges;

/// <summary>
/// A reservation as its client and the edge that admitted it know it, from the moment its entry is on disk.
/// </summary>
/// <param name="origin">The request that made it.</param>
/// <param name="edge">The edge that has it; null if the client learned from a repeat that it exists.</param>
/// <param name="expiresAtMs">When it expires, on the edge's monotonic clock.</param>
internal sealed class Reservation(SimRequest origin, EdgeProcess? edge, long expiresAtMs)
{
    private const int NumberShift = 40;

    public long Id { get; } = origin.EventId;

    /// <summary>The id of its end, commit or release.</summary>
    public long EndId => -Id;

    public int KeyNumber { get; } = origin.KeyNumber;

    public EdgeProcess? Edge { get; } = edge;

    public EdgeKey Key { get; } = origin.Key;

    public TakeList Hold { get; } = origin.Takes;

    public long ExpiresAtMs { get; set; } = expiresAtMs;

    /// <summary>How many prolongations its edge knows of.</summary>
    public int Prolongations { get; set; }

    /// <summary>How many prolongations its edge is writing.</summary>
    public int Prolonging { get; set; }

    /// <summary>Whether its edge holds it and is not writing its end.</summary>
    public bool Open { get; set; } = edge is not null;

    /// <summary>Returns the id of a prolongation, or of the expiry that takes its place.</summary>
    public long IdOfProlongation(int number) => Id + ((long)number << NumberShift);
}
