namespace Sluice.Metering.Limits;

/// <summary>
/// A threshold event to notify recipients of. For one counter in one period there is at most one firing (Reached or
/// Refused) and one Resolved for each (<paramref name="LimitId"/>, <paramref name="ValueUnits"/>): the outbox's unique
/// key.
/// </summary>
/// <param name="Kind">The event.</param>
/// <param name="LimitId">The limit.</param>
/// <param name="LimitKind">Whether it warns or blocks.</param>
/// <param name="ValueUnits">Its value, in smallest units.</param>
/// <param name="UsedUnits">Confirmed usage at that moment.</param>
/// <param name="RefusedUnits">The amount of the refused request; 0 unless the kind is Refused.</param>
public readonly record struct ThresholdEvent(
    ThresholdEventKind Kind, long LimitId, LimitKind LimitKind, long ValueUnits, long UsedUnits, long RefusedUnits = 0);
