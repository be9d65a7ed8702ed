using Sluice.Metering.Metrics;
using Sluice.Storage.Control.Members;

namespace Sluice.Storage.Reports.Usage;

/// <summary>A query for usage sums along a series of instants.</summary>
/// <param name="TenantId">The tenant.</param>
/// <param name="Bounds">Two or more instants, rising: usage between two of them is one sum. In quarter hours, the
/// resolution in which usage is stored.</param>
/// <param name="Metric">The metric.</param>
/// <param name="ProjectId">The project; null for all usage, including that of no project.</param>
/// <param name="Visibility">The part that may be shown; null for all.</param>
public sealed record TrendQuery(
    long TenantId, IReadOnlyList<DateTimeOffset> Bounds, MetricId Metric, long? ProjectId, Visibility? Visibility);
