using BenchmarkDotNet.Jobs;
using Perfolizer.Horology;

namespace Sluice.LoadTest.Tests.Bench.Core;

/// <summary>Jobs for tests, which look at what is measured, not at how fast it is.</summary>
internal static class BenchJobs
{
    public static Job Quick { get; } = Job.Default
        .WithLaunchCount(1)
        .WithWarmupCount(1)
        .WithIterationCount(1)
        .WithIterationTime(TimeInterval.FromMilliseconds(50));
}
