using Xunit;

namespace Sluice.Storage.Ledger;

public sealed class LedgerPartitionsTests(MeteringDatabase database) : IClassFixture<MeteringDatabase>
{
    private const long GenerationMs = 32 * 86_400_000L;

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
        var generation = new LedgerGeneration(900);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(
            () => new LedgerPartitions(database.Source).EnsureAsync(generation, CancellationToken.None))));

        Assert.Equal(["ledger_g899", "ledger_g900", "ledger_g901"], await AttachedAsync("^ledger_g(899|90.)$"));
    }

    [Fact]
    public async Task NeighbouringGenerations_ShareTheirPartitions()
    {
        await database.Partitions.EnsureAsync(new LedgerGeneration(700), TestContext.Current.CancellationToken);
        await database.Partitions.EnsureAsync(new LedgerGeneration(701), TestContext.Current.CancellationToken);

        Assert.Equal(
            ["ledger_g699", "ledger_g700", "ledger_g701", "ledger_g702"],
            await AttachedAsync("^ledger_g(69.|70.)$"));
    }

    [Fact]
    public async Task AGenerationIsEmpty_UntilItHasAnEntry()
    {
        var generation = LedgerGeneration.At(MeteringDatabase.NowMs);
        Assert.True(await database.Partitions.IsEmptyAsync(generation, TestContext.Current.CancellationToken));

        await database.WriteAsync(await database.OpenSessionAsync(), 1, [SampleEntry.New()]);

        Assert.False(await database.Partitions.IsEmptyAsync(generation, TestContext.Current.CancellationToken));
    }

    private Task<IReadOnlyList<string>> AttachedAsync(string pattern) => database.RowsAsync(
        $"""
         select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
         where i.inhparent = 'ledger'::regclass and c.relname ~ '{pattern}' order by 1
         """);
}
