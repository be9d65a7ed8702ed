namespace Sluice.Storage.Ledger;

/// <summary>An amount to add to a usage sum.</summary>
public readonly record struct RollupLine(RollupKey Key, long Units, long UnpricedUnits);
