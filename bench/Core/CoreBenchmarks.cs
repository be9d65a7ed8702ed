using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Sluice.Bench.Core;

/// <summary>Runs the benchmarks of single operations with BenchmarkDotNet, in this process.</summary>
internal static class CoreBenchmarks
{
    /// <summary>Measures every benchmark of a class.</summary>
    /// <param name="job">How long to measure.</param>
    /// <exception cref="InvalidOperationException">A benchmark failed.</exception>
    public static IReadOnlyList<CoreResult> Run<T>(Job job)
    {
        var artifacts = Directory.CreateTempSubdirectory("sluice-bench-");
        try
        {
            var log = new AccumulationLogger();
            var config = ManualConfig.CreateEmpty()
                // In a process of its own each benchmark would be a program that needs the SDK to build it.
                .AddJob(job.WithToolchain(InProcessEmitToolchain.Instance))
                .AddDiagnoser(MemoryDiagnoser.Default)
                .AddLogger(log)
                .WithArtifactsPath(artifacts.FullName);
            var reports = BenchmarkRunner.Run<T>(config).Reports;
            return reports.Length > 0 && reports.All(static report => report.Success)
                ? [.. reports.Select(static report => new CoreResult(
                    report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\''),
                    report.ResultStatistics!.Median,
                    report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0))]
                : throw new InvalidOperationException($"A benchmark failed:\n{log.GetLog()}");
        }
        finally
        {
            artifacts.Delete(recursive: true);
        }
    }
}
