using Sluice.Engine.Keys;
using Sluice.Metering.Leases.Edge;

namespace Sluice.Engine.Metering;

/// <summary>A hold at this edge, until it is committed, released or expires.</summary>
public sealed class Reservation
{
    public required Guid Id { get; init; }

    public required CachedKey Key { get; init; }

    public required long ExpiresAtMs { get; init; }

    /// <summary>When it was admitted: its usage counts in the periods of that instant.</summary>
    public required long AdmittedAtMs { get; init; }

    public required string Model { get; init; }

    public required string Member { get; init; }

    /// <summary>What is held.</summary>
    internal TakeList Hold { get; } = new();

    /// <summary>A commit is being written: it neither expires nor ends a second time meanwhile.</summary>
    internal bool Ending { get; set; }
}
