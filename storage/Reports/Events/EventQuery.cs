using Sluice.Metering.Metrics;
using Sluice.Storage.Ledger.Entries;

namespace Sluice.Storage.Reports.Events;

/// <summary>Which events of a tenant are wanted.</summary>
/// <param name="TenantId">The tenant.</param>
/// <param name="FromMs">The earliest admission, Unix milliseconds.</param>
/// <param name="ToMs">The latest admission, exclusive, Unix milliseconds.</param>
/// <param name="KeyId">The key; null for every key.</param>
/// <param name="ProjectId">The project; null for all usage, including that of no project.</param>
/// <param name="SeatId">The seat; null for all usage, including that of no seat.</param>
/// <param name="Member">The member's label; null for every member.</param>
/// <param name="Model">The model; null for every model.</param>
/// <param name="Metric">A metric that the event must have; null for every metric.</param>
/// <param name="Kind">The kind; null for every kind.</param>
public sealed record EventQuery(
    long TenantId,
    long FromMs,
    long ToMs,
    long? KeyId = null,
    long? ProjectId = null,
    long? SeatId = null,
    string? Member = null,
    string? Model = null,
    MetricId? Metric = null,
    EntryKind? Kind = null)
{
    /// <summary>Checks whether an event is wanted.</summary>
    internal bool Takes(LedgerEntry entry) =>
        entry.TenantId == TenantId
        && entry.AdmittedAtMs >= FromMs
        && entry.AdmittedAtMs < ToMs
        && (KeyId is null || entry.KeyId == KeyId)
        && (ProjectId is null || entry.ProjectId == ProjectId)
        && (SeatId is null || entry.SeatId == SeatId)
        && (Member is null || entry.Member == Member)
        && (Model is null || entry.Model == Model)
        && (Kind is null || entry.Kind == Kind)
        && (Metric is null || Has(entry, Metric.Value));

    private static bool Has(LedgerEntry entry, MetricId metric)
    {
        for (var line = 0; line < entry.Charge.Count; line++)
        {
            if (entry.Charge.MetricAt(line) == metric && entry.Charge.UnitsAt(line) > 0)
                return true;
        }

        return false;
    }
}
