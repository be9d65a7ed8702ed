namespace Sluice.Bench.Core;

/// <summary>Times an operation in rounds long enough for the clock, after a warm-up long enough for the JIT.</summary>
internal sealed class CoreMeasurement(TimeProvider time)
{
    private const int Rounds = 11;

    private static readonly TimeSpan RoundLength = TimeSpan.FromMilliseconds(200);

    private long _sink;

    public CoreResult Measure(ICoreBenchmark benchmark)
    {
        var operations = FindOperations(benchmark);
        var nanoseconds = new double[Rounds];
        var bytes = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var elapsed = Time(benchmark, operations);
            bytes = GC.GetAllocatedBytesForCurrentThread() - allocated;
            nanoseconds[round] = elapsed.TotalNanoseconds / operations;
        }

        return Result(benchmark.Name, nanoseconds, (double)bytes / operations);
    }

    /// <summary>
    /// Times an operation that involves several threads; allocations of other work at the same time are included.
    /// </summary>
    /// <param name="name">The name in the table.</param>
    /// <param name="run">Runs it a number of times, one after the other.</param>
    public async Task<CoreResult> MeasureAsync(string name, Func<int, Task<long>> run)
    {
        var operations = 1;
        while (await TimeAsync(run, operations) < RoundLength && operations < int.MaxValue / 2)
            operations *= 2;
        var nanoseconds = new double[Rounds];
        var bytes = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            var allocated = GC.GetTotalAllocatedBytes(precise: true);
            var elapsed = await TimeAsync(run, operations);
            bytes = GC.GetTotalAllocatedBytes(precise: true) - allocated;
            nanoseconds[round] = elapsed.TotalNanoseconds / operations;
        }

        return Result(name, nanoseconds, (double)bytes / operations);
    }

    private static CoreResult Result(string name, double[] nanoseconds, double bytesPerOperation)
    {
        Array.Sort(nanoseconds);
        return new CoreResult(name, nanoseconds[Rounds / 2], bytesPerOperation);
    }

    /// <summary>
    /// Doubles the operations until a round is long enough. This is also the warm-up, as it passes every JIT tier.
    /// </summary>
    private int FindOperations(ICoreBenchmark benchmark)
    {
        var operations = 1;
        while (Time(benchmark, operations) < RoundLength && operations < int.MaxValue / 2)
            operations *= 2;
        return operations;
    }

    private TimeSpan Time(ICoreBenchmark benchmark, int operations)
    {
        var started = time.GetTimestamp();
        _sink ^= benchmark.Run(operations);
        return time.GetElapsedTime(started);
    }

    private async Task<TimeSpan> TimeAsync(Func<int, Task<long>> run, int operations)
    {
        var started = time.GetTimestamp();
        _sink ^= await run(operations);
        return time.GetElapsedTime(started);
    }
}
