using System.Buffers;
using System.Text;
using Sluice.LoadTest.Events;
using Xunit;

namespace Sluice.LoadTest.Tests.Events;

public sealed class EventIdWriterTests
{
    [Fact]
    public void AGeneratedRunId_GivesUuidsOfVersion7_WithTheTimeOfTheRun_InTheOrderOfTheirNumbers()
    {
        var start = new DateTimeOffset(2026, 11, 27, 20, 15, 0, 250, TimeSpan.Zero);
        var ids = Enumerable.Range(0, 100_000).Select(n => IdOf("replay20261127T201500250", n)).ToArray();

        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Equal(ids.Length, ids.Distinct().Count());
        foreach (var (id, elapsedMs) in new[] { (ids[0], 0), (ids[9], 0), (ids[10], 1), (ids[^1], 9_999) })
        {
            var uuid = Guid.ParseExact(id, "D");
            Assert.Equal((7, 8), (uuid.Version, uuid.Variant & 0xC));
            Assert.Equal(
                start.AddMilliseconds(elapsedMs).ToUnixTimeMilliseconds(), Convert.ToInt64(id[..8] + id[9..13], 16));
        }

        Assert.NotEqual(ids[0], IdOf("hammer20261127T201500250", 0));
    }

    [Theory]
    [InlineData("monday")]
    [InlineData("replay20261327T201500250")]
    [InlineData("20261127")]
    public void ARunIdWithoutATime_IsThePrefixOfItsIds(string runId) =>
        Assert.Equal([$"{runId}-0", $"{runId}-17"], [IdOf(runId, 0), IdOf(runId, 17)]);

    private static string IdOf(string runId, long number)
    {
        var body = new ArrayBufferWriter<byte>();
        new EventIdWriter(runId).Write(body, number);
        return Encoding.ASCII.GetString(body.WrittenSpan);
    }
}
