namespace Sluice.Metering.Leases.Authority;

/// <summary>
/// A threshold, that is a limit at a value, which has had its first look at usage: from then on rising to it is news.
/// </summary>
/// <param name="LimitId">The limit.</param>
/// <param name="ValueUnits">Its value, in smallest units.</param>
public readonly record struct ArmedThreshold(long LimitId, long ValueUnits);
