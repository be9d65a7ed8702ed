using Npgsql;
using Xunit;

namespace Sluice.Storage.Ledger;

/// <summary>What the service's role can do to whole generations: only what the database's own clock allows.</summary>
public sealed class LedgerRetentionTests(MeteringDatabase database) : IClassFixture<MeteringDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static long NowMs => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    private static LedgerGeneration Now => LedgerGeneration.At(NowMs);

    [Fact]
    public async Task AGenerationThatIsKept_CantBeDropped_ByCallsOfTheFunctionEither()
    {
        var recent = new LedgerGeneration(Now.Number - 5);
        await database.Partitions.EnsureAsync(recent, Cancellation);

        // A node whose clock is years ahead, or that is told to keep less than the database does.
        await database.Partitions.DropAsync(new(Now.Number + 100), new(Now.Number + 100), Cancellation);
        foreach (var kept in (string[])[$"{recent.Number}", $"{Now.Number}", $"{Now.Number + 1}", "null", "92000"])
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await RefusalAsync("drop", kept)).SqlState);

        Assert.True(await ExistsAsync(recent));
    }

    [Fact]
    public async Task AGenerationWhoseTimeIsOver_IsDropped_AndOnlyThat()
    {
        var old = new LedgerGeneration(Now.Number - 20);
        await database.Partitions.EnsureAsync(old, Cancellation);

        // All three are older than 400 days, and the newest of them is the oldest to keep.
        var dropped = await database.Partitions.DropAsync(old.After, Now, Cancellation);

        Assert.Equal(2, dropped);
        Assert.False(await ExistsAsync(old.Before));
        Assert.False(await ExistsAsync(old));
        Assert.True(await ExistsAsync(old.After));
    }

    [Fact]
    public async Task AReaderOfTheLedger_DelaysTheDrop_AndWritersHardlyAtAll()
    {
        await database.Partitions.EnsureAsync(new LedgerGeneration(Now.Number - 30), Cancellation);
        await using var reading = await database.Source.OpenConnectionAsync(Cancellation);
        var report = await reading.BeginTransactionAsync(Cancellation);
        await ExecuteAsync(reading, "select from ledger limit 0");
        var dropping = database.Partitions.DropAsync(new(Now.Number - 28), Now, Cancellation);

        // The lock that writers take. Were it not granted for a second, their batches would fail soon after.
        await using var writing = await database.Source.OpenConnectionAsync(Cancellation);
        for (var i = 0; i < 20; i++)
        {
            await using var batch = await writing.BeginTransactionAsync(Cancellation);
            await ExecuteAsync(writing, "set local lock_timeout = '1s'; lock table ledger in row exclusive mode");
            await batch.CommitAsync(Cancellation);
            await Task.Delay(TimeSpan.FromMilliseconds(40), TimeProvider.System, Cancellation);
        }

        Assert.False(dropping.IsCompleted);
        await report.CommitAsync(Cancellation);
        Assert.Equal(3, await dropping);
    }

    [Fact]
    public async Task TheOwner_SetsHowLongGenerationsAreKept_ToTheDay()
    {
        // The days that have passed since the end of a generation.
        var ended = new LedgerGeneration(Now.Number - 8);
        var days = (int)(Now.AgeMs(NowMs) / 86_400_000)
            + (7 * LedgerGeneration.Days);
        await database.Partitions.EnsureAsync(ended, Cancellation);
        await using var owner = await database.Owner.OpenConnectionAsync(Cancellation);

        await LedgerRetention.SetAsync(owner, days + 1, Cancellation);
        Assert.Equal(days + 1, await LedgerRetention.ReadAsync(database.Source, Cancellation));
        await RefusalAsync("drop", $"{ended.Number}");
        await LedgerRetention.SetAsync(owner, days, Cancellation);
        await database.ScalarAsync<object>($"select drop_ledger_generation({ended.Number})");

        Assert.False(await ExistsAsync(ended));
        await LedgerRetention.SetAsync(owner, 400, Cancellation);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("92001")]
    [InlineData("null")]
    public async Task AGenerationThatCantBe_IsNotCreated(string number) => Assert.Equal(
        PostgresErrorCodes.InvalidParameterValue, (await RefusalAsync("create", number)).SqlState);

    private async Task<PostgresException> RefusalAsync(string verb, string number)
    {
        await using var command = database.Source.CreateCommand($"select {verb}_ledger_generation({number})");
        return await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Cancellation));
    }

    private Task<bool> ExistsAsync(LedgerGeneration generation) =>
        database.ScalarAsync<bool>($"select to_regclass('{generation.Table}') is not null");

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
