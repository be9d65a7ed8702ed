using Sluice.Bench.Core;
using Sluice.Bench.Reports;

namespace Sluice.Bench.Sections;

/// <summary>Measures operations of the core on one thread, without HTTP or disk.</summary>
internal sealed class CoreSection(TimeProvider time) : ISection
{
    public string Name => "core";

    public string Arguments => Name;

    public Task<string> MeasureAsync(CancellationToken cancellation)
    {
        var measurement = new CoreMeasurement(time);
        return Task.FromResult(CoreReport.Write([.. CoreBenchmarks.All.Select(measurement.Measure)]));
    }
}
