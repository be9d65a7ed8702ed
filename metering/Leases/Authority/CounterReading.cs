using Sluice.Metering.Metrics;

namespace Sluice.Metering.Leases.Authority;

/// <summary>A counter's live values as reported by all edges; at most one report interval old.</summary>
public readonly record struct CounterReading(CounterId Counter, long UsedUnits, long HeldUnits, long? LimitUnits);
