using Sluice.Metering.Metrics;

namespace Sluice.Metering.Leases.Authority;

/// <summary>What ended sessions left of one counter.</summary>
/// <param name="Counter">Which counter.</param>
/// <param name="UsedUnits">Their usage, as the ledger has it.</param>
/// <param name="BurntUnits">Rights that may have been used without reaching the ledger.</param>
public readonly record struct SettledSnapshot(CounterId Counter, long UsedUnits, long BurntUnits);
