namespace Sluice.Storage.Control.Limits;

/// <summary>The operator's thresholds of an account.</summary>
/// <param name="Limits">The thresholds, by metric.</param>
/// <param name="Contact">Who is notified; null if that was never set.</param>
public sealed record AccountThresholds(IReadOnlyList<StoredLimit> Limits, ThresholdContact? Contact);
