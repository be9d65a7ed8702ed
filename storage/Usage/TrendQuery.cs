using Sluice.Metering.Metrics;
using Sluice.Storage.Members;

namespace Sluice.Storage.Usage;

/// <summary>Which usage to add up along a row of instants.</summary>
/// <param name="TenantId">Whose.</param>
/// <param name="Bounds">
/// Two or more, rising: what lies between two of them is one sum. To the quarter hour, as usage is kept.
/// </param>
/// <param name="Metric">Of what.</param>
/// <param name="ProjectId">Null for all usage, that of no project included.</param>
/// <param name="Visibility">What of it may be shown; null for all.</param>
public sealed record TrendQuery(
    long TenantId, IReadOnlyList<DateTimeOffset> Bounds, MetricId Metric, long? ProjectId, Visibility? Visibility);
