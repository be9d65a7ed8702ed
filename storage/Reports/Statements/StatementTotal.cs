namespace Sluice.Storage.Reports.Statements;

/// <summary>The total of a metric on a statement, in its smallest units.</summary>
public readonly record struct StatementTotal(int Period, short Metric, long Value, long Unpriced);
