namespace Sluice.LoadTest.Checks;

/// <summary>One counter of the live state: units used and held of a metric in the current period.</summary>
internal readonly record struct StateEntry(decimal Used, decimal Held);
