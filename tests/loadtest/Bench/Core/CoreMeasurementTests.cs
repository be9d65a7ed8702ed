using Sluice.Bench.Core;
using Xunit;

namespace Sluice.LoadTest.Tests.Bench.Core;

public sealed class CoreMeasurementTests
{
    [Fact]
    public void Cost_IsTimeAndBytesOfOneOperation()
    {
        var clock = new CountingClock();

        var result = new CoreMeasurement(clock).Measure(new Operation(clock));

        Assert.Equal(250, result.NanosecondsPerOperation, precision: 6);
        Assert.Equal(4_000_000, result.OperationsPerSecond, precision: 0);
        Assert.InRange(result.BytesPerOperation, 32, 33);
    }

    [Fact]
    public async Task CostOfAnOperationThatAwaits_IsMeasuredAlike()
    {
        var clock = new CountingClock();
        var operation = new Operation(clock);

        var result = await new CoreMeasurement(clock).MeasureAsync(
            "awaited", async operations =>
            {
                await Task.Yield();
                return operation.Run(operations);
            });

        Assert.Equal("awaited", result.Name);
        Assert.Equal(250, result.NanosecondsPerOperation, precision: 6);

        // Other code in this process allocates too.
        Assert.True(result.BytesPerOperation >= 32, $"{result.BytesPerOperation} bytes");
    }

    /// <summary>A clock that advances only when the operation says so.</summary>
    private sealed class CountingClock : TimeProvider
    {
        public long Nanoseconds { get; set; }

        public override long TimestampFrequency => 1_000_000_000;

        public override long GetTimestamp() => Nanoseconds;
    }

    /// <summary>Takes 250 ns on that clock and allocates one array of 8 bytes: 32 with its header and length.</summary>
    private sealed class Operation(CountingClock clock) : ICoreBenchmark
    {
        public string Name => "operation";

        public long Run(int operations)
        {
            var sum = 0L;
            for (var i = 0; i < operations; i++)
                sum += Touch(new byte[8]);
            clock.Nanoseconds += 250L * operations;
            return sum;
        }

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        private static int Touch(byte[] bytes) => bytes.Length;
    }
}
