using Sluice.Metering.Metrics;

namespace Sluice.Metering.Leases.Authority;

/// <summary>The totals of settled sessions for one counter.</summary>
/// <param name="Counter">The counter.</param>
/// <param name="UsedUnits">Their usage according to the ledger.</param>
/// <param name="BurntUnits">Rights that may have been used without reaching the ledger.</param>
public readonly record struct SettledSnapshot(CounterId Counter, long UsedUnits, long BurntUnits);
