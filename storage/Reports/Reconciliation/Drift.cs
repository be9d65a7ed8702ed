namespace Sluice.Storage.Reports.Reconciliation;

/// <summary>One metric of a tenant in a month, according to three tables; in the metric's smallest units.</summary>
/// <param name="TenantId">The tenant.</param>
/// <param name="Metric">The metric.</param>
/// <param name="CountedUnits">The usage limits are enforced by: accounts of sessions plus totals of settled
/// ones.</param>
/// <param name="CountedLedgerUnits">The ledger's sum over the batches that those accounts include.</param>
/// <param name="SummedUnits">The usage that analytics and statements show.</param>
/// <param name="SummedLedgerUnits">The ledger's sum over the batches that those sums include.</param>
public readonly record struct Drift(
    long TenantId,
    short Metric,
    long CountedUnits,
    long CountedLedgerUnits,
    long SummedUnits,
    long SummedLedgerUnits)
{
    /// <summary>The difference between limits and ledger; 0 if they agree.</summary>
    public long CounterUnits => CountedUnits - CountedLedgerUnits;

    /// <summary>The difference between bills and ledger; 0 if they agree.</summary>
    public long SumUnits => SummedUnits - SummedLedgerUnits;

    public bool IsNone => CounterUnits == 0 && SumUnits == 0;
}
