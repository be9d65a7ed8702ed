namespace Sluice.Bench.Core;

/// <summary>The operations to measure. To add one, add a class to this folder and a line here.</summary>
internal static class CoreBenchmarks
{
    public static IReadOnlyList<ICoreBenchmark> All { get; } =
    [
        new AdmissionBenchmark(settles: false),
        new AdmissionBenchmark(settles: true),
    ];
}
