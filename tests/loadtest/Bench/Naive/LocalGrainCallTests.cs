using Sluice.Bench.Core;
using Sluice.Bench.Naive;
using Sluice.LoadTest.Tests.Bench.Core;
using Xunit;

namespace Sluice.LoadTest.Tests.Bench.Naive;

public sealed class LocalGrainCallTests
{
    [Fact]
    public void Call_IsToAGrain_ThatAllocatesItsMessages()
    {
        var result = Assert.Single(CoreBenchmarks.Run<LocalGrainCall>(BenchJobs.Quick));

        // A call that the compiler or the runtime had turned into a plain one would allocate nothing.
        Assert.True(result.BytesPerOperation > 100, $"{result.BytesPerOperation} bytes a call");
    }
}
