namespace Sluice.Storage.Statements;

/// <summary>What a statement says of a metric in all, in its smallest units.</summary>
public readonly record struct StatementTotal(int Period, short Metric, long Value, long Unpriced);
