namespace Sluice.Metering.Limits;

/// <summary>
/// A counter's state of one threshold during one period. A threshold is a limit at a value: after a raise or during a
/// boost the same limit is another threshold, which fires separately.
/// </summary>
/// <param name="LimitId">The limit.</param>
/// <param name="Kind">The effect of reaching it.</param>
/// <param name="ValueUnits">The value in force when it was armed, in smallest units.</param>
/// <param name="Status">The status.</param>
public readonly record struct ThresholdState(
    long LimitId, LimitKind Kind, long ValueUnits, ThresholdStatus Status);
