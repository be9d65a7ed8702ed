using BenchmarkDotNet.Attributes;
using Sluice.Bench.Core;
using Xunit;

namespace Sluice.LoadTest.Tests.Bench.Core;

public sealed class CoreBenchmarksTests
{
    [Fact]
    public void AdmissionAndSettlement_AreMeasured()
    {
        var results = CoreBenchmarks.Run<AdmissionBenchmark>(BenchJobs.Quick);

        Assert.Equal(
            ["admission, 4 scopes × 3 metrics", "admission and settlement, 4 scopes × 3 metrics"],
            results.Select(static result => result.Name));
        Assert.All(results, static result => Assert.True(result.NanosecondsPerOperation > 0));
    }

    [Fact]
    public void ABenchmarkThatFails_IsNoFigure()
    {
        var failure = Assert.Throws<InvalidOperationException>(
            static () => CoreBenchmarks.Run<Failing>(BenchJobs.Quick));
        Assert.Contains("out of rights", failure.Message, StringComparison.Ordinal);
    }

    public class Failing
    {
        [Benchmark]
        public void Fail() => throw new InvalidOperationException("out of rights");
    }
}
