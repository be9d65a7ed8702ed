namespace Sluice.GrainInterfaces.Messages;

/// <summary>Says that a reservation which an edge holds was ended elsewhere: its end is in the ledger.</summary>
[GenerateSerializer, Immutable, Alias("sluice.hold-ended")]
public sealed record HoldEndedMessage(
    [property: Id(0)] Guid ReservationId,
    [property: Id(1)] byte[]? Seal = null);
