namespace Sluice.Metering.Leases.Authority;

/// <summary>
/// A threshold, that is a limit at a value, that has been compared with usage once: from then on it fires when usage
/// rises to it.
/// </summary>
/// <param name="LimitId">The limit.</param>
/// <param name="ValueUnits">Its value, in smallest units.</param>
public readonly record struct ArmedThreshold(long LimitId, long ValueUnits);
