using Sluice.Bench.Cluster.Calls;
using Sluice.Bench.Core;
using Xunit;

namespace Sluice.Bench.Cluster.Tests.Calls;

public sealed class GrainCallTests
{
    [Fact]
    public async Task Call_IsToAGrain_ThatAllocatesItsMessages()
    {
        var result = await GrainCall.MeasureAsync(
            new CoreMeasurement(TimeProvider.System), TestContext.Current.CancellationToken);

        // A call that the compiler or the runtime had turned into a plain one would allocate nothing.
        Assert.True(result.BytesPerOperation > 100, $"{result.BytesPerOperation} bytes a call");
    }
}
