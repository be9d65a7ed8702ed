namespace Sluice.Bench.Core;

/// <summary>What one operation costs.</summary>
/// <param name="Name">Of the benchmark.</param>
/// <param name="NanosecondsPerOperation">Median of the rounds.</param>
/// <param name="BytesPerOperation">Allocated by the measuring thread.</param>
internal sealed record CoreResult(string Name, double NanosecondsPerOperation, double BytesPerOperation)
{
    public double OperationsPerSecond => 1e9 / NanosecondsPerOperation;
}
