namespace Sluice.Metering.Limits;

/// <summary>
/// What one counter remembers of one threshold during one period. A threshold is a limit at a value: after a raise or
/// during a boost the same limit is another threshold, which fires in its own right.
/// </summary>
/// <param name="LimitId">The limit.</param>
/// <param name="Kind">What reaching it does.</param>
/// <param name="ValueUnits">The value in force when it was armed, in smallest units.</param>
/// <param name="Status">What became of it.</param>
public readonly record struct ThresholdState(
    long LimitId, LimitKind Kind, long ValueUnits, ThresholdStatus Status);
