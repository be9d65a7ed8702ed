using Sluice.Bench.Core;
using Sluice.Bench.Naive;
using Xunit;

namespace Sluice.LoadTest.Tests.Bench.Naive;

public sealed class LocalGrainCallTests
{
    [Fact]
    public async Task Call_IsToAGrain_ThatAllocatesItsMessages()
    {
        var result = await LocalGrainCall.MeasureAsync(
            new CoreMeasurement(TimeProvider.System), TestContext.Current.CancellationToken);

        // A call that the compiler or the runtime had turned into a plain one would allocate nothing.
        Assert.True(result.BytesPerOperation > 100, $"{result.BytesPerOperation} bytes a call");
    }
}
