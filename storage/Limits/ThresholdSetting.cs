using Sluice.Metering.Metrics;

namespace Sluice.Storage.Limits;

/// <summary>Warning and blocked values of one usage metric of an account.</summary>
/// <param name="Metric">A metric that events may name, once.</param>
/// <param name="WarningUnits">Ascending, each value once; empty for none.</param>
/// <param name="BlockedUnits">Null for none.</param>
public sealed record ThresholdSetting(MetricId Metric, IReadOnlyList<long> WarningUnits, long? BlockedUnits);
