using Sluice.Engine.Keys;
using Sluice.Metering.Leases.Edge;
using Sluice.Storage.Ledger.Ids;

namespace Sluice.Engine.Events;

/// <summary>A hold at this edge, until it is committed, released or expires.</summary>
public sealed class Reservation
{
    /// <summary>What the ledger has the reservation by.</summary>
    public required EventKey EventKey { get; init; }

    public Guid Id => EventKey.Id;

    public required CachedKey Key { get; init; }

    /// <summary>When the hold goes back by itself; later once it is prolonged.</summary>
    public required long ExpiresAtMs { get; set; }

    /// <summary>The number of the batch that made it.</summary>
    public required long Batch { get; init; }

    /// <summary>The caller's id.</summary>
    public required string Text { get; init; }

    /// <summary>How many of its prolongations in the ledger are included in <see cref="ExpiresAtMs"/>.</summary>
    internal int Prolongations { get; set; }

    /// <summary>When the reservation was admitted: its usage counts in the periods of that instant.</summary>
    public required long AdmittedAtMs { get; init; }

    public required string Model { get; init; }

    public required string Member { get; init; }

    /// <summary>How many prolongations are being written; the hold does not expire while there is one.</summary>
    internal int Prolonging { get; set; }

    /// <summary>The units held, by counter.</summary>
    internal TakeList Hold { get; } = new();

    /// <summary>
    /// Whether its end is being written: until it is, the reservation can't end a second time.
    /// </summary>
    internal bool Ending { get; set; }
}
