namespace Sluice.Metering.Leases;

/// <summary>The current time on both clocks of a process.</summary>
/// <param name="WallMs">Unix milliseconds; labels periods, never decides a limit.</param>
/// <param name="MonotonicMs">Milliseconds of a clock that is never set back; measures waits and time to live.</param>
public readonly record struct CoreInstant(long WallMs, long MonotonicMs);
