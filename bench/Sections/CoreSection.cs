using BenchmarkDotNet.Jobs;
using Sluice.Bench.Core;
using Sluice.Bench.Reports;

namespace Sluice.Bench.Sections;

/// <summary>Measures operations of the core on one thread, without HTTP or disk.</summary>
internal sealed class CoreSection : ISection
{
    public string Name => "core";

    public string Arguments => Name;

    public Task<string> MeasureAsync(CancellationToken cancellation) =>
        Task.FromResult(CoreReport.Write(CoreBenchmarks.Run<AdmissionBenchmark>(Job.Default)));
}
