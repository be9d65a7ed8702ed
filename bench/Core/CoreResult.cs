namespace Sluice.Bench.Core;

/// <summary>The cost of one operation.</summary>
/// <param name="Name">The name of the benchmark.</param>
/// <param name="NanosecondsPerOperation">Median of the iterations.</param>
/// <param name="BytesPerOperation">Bytes allocated by one operation.</param>
internal sealed record CoreResult(string Name, double NanosecondsPerOperation, double BytesPerOperation)
{
    public double OperationsPerSecond => 1e9 / NanosecondsPerOperation;
}
