using Sluice.Storage.Ledger.Entries;
using Sluice.Storage.Ledger.Index;
using Xunit;

namespace Sluice.Storage.Ledger;

public sealed class LedgerPartitionsTests(MeteringDatabase database) : IClassFixture<MeteringDatabase>
{
    private const long GenerationMs = 32 * 86_400_000L;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void AGeneration_IsThirtyTwoDays_HalfOpen()
    {
        Assert.Equal(0, LedgerGeneration.At(GenerationMs - 1).Number);
        Assert.Equal(1, LedgerGeneration.At(GenerationMs).Number);
        Assert.Equal(0, LedgerGeneration.At(GenerationMs).AgeMs(GenerationMs));
        Assert.Equal(GenerationMs - 1, LedgerGeneration.At(GenerationMs - 1).AgeMs(GenerationMs - 1));
        Assert.Equal((4, 6), (new LedgerGeneration(5).Before.Number, new LedgerGeneration(5).After.Number));
    }

    [Fact]
    public async Task ManyNodesAtOnce_MakeEachPartitionOnce()
    {
        var nowMs = new DateTimeOffset(2048, 11, 9, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(
            () => new LedgerPartitions(database.Source).EnsureAsync(nowMs, CancellationToken.None))));

        Assert.Equal(
            ["ledger_block_20481108", "ledger_block_20481109", "ledger_block_20481110"],
            await AttachedAsync("ledger_block", "_2048"));
        Assert.Equal(["event_id_r899", "event_id_r900", "event_id_r901"], await AttachedAsync("event_id", "r(9|89)"));
    }

    [Fact]
    public async Task NeighbouringDays_ShareTheirPartitions()
    {
        var nowMs = new DateTimeOffset(2031, 12, 31, 12, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        await database.Partitions.EnsureAsync(nowMs, Cancellation);
        await database.Partitions.EnsureAsync(nowMs + LedgerDay.LengthMs, Cancellation);

        Assert.Equal(
            ["ledger_block_20311230", "ledger_block_20311231", "ledger_block_20320101", "ledger_block_20320102"],
            await AttachedAsync("ledger_block", "_203"));
    }

    [Fact]
    public async Task ARunIsEmpty_UntilItHasAnId()
    {
        var run = IdPart.RunOf(LedgerGeneration.At(MeteringDatabase.NowMs));
        Assert.True(await database.Partitions.IsEmptyAsync(run, Cancellation));

        await database.WriteAsync(await database.OpenSessionAsync(), 1, [SampleEntry.New()]);

        Assert.False(await database.Partitions.IsEmptyAsync(run, Cancellation));
    }

    private Task<IReadOnlyList<string>> AttachedAsync(string parent, string pattern) => database.RowsAsync(
        $"""
         select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
         where i.inhparent = '{parent}'::regclass and c.relname ~ '{pattern}' order by 1
         """);
}
