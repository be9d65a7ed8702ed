namespace Sluice.Storage.Reconciliation;

/// <summary>One metric of a tenant in a month, as three tables have it; in the metric's smallest units.</summary>
/// <param name="TenantId">Whose usage.</param>
/// <param name="Metric">Of what.</param>
/// <param name="CountedUnits">What its authority counts by: accounts of sessions, and what settled ones left.</param>
/// <param name="CountedLedgerUnits">What the ledger holds of the batches that those accounts include.</param>
/// <param name="SummedUnits">What analytics and statements go by.</param>
/// <param name="SummedLedgerUnits">What the ledger holds of the batches that those sums include.</param>
public readonly record struct Drift(
    long TenantId,
    short Metric,
    long CountedUnits,
    long CountedLedgerUnits,
    long SummedUnits,
    long SummedLedgerUnits)
{
    /// <summary>0 where the limits go by exactly what is in the ledger.</summary>
    public long CounterUnits => CountedUnits - CountedLedgerUnits;

    /// <summary>0 where bills go by exactly what is in the ledger.</summary>
    public long SumUnits => SummedUnits - SummedLedgerUnits;

    public bool IsNone => CounterUnits == 0 && SumUnits == 0;
}
