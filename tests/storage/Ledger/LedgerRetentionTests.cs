using Npgsql;
using Sluice.Storage.Ledger.Entries;
using Xunit;

namespace Sluice.Storage.Ledger;

/// <summary>What the service's role can do to whole days: only what the database's own clock allows.</summary>
public sealed class LedgerRetentionTests(MeteringDatabase database) : IClassFixture<MeteringDatabase>
{
    private static readonly DateOnly Today = LedgerDay.Of(NowMs);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static long NowMs => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    [Fact]
    public async Task ADayThatIsKept_CantBeDropped_ByCallsOfTheFunctionEither()
    {
        var recent = Today.AddDays(-300);
        await EnsureAsync(recent);

        // A node whose clock is years ahead, or that is told to keep less than the database does.
        await database.Partitions.DropAsync(Today.AddYears(9), NowMs + (9 * 366 * LedgerDay.LengthMs), Cancellation);
        foreach (var kept in (string[])[Text(recent), Text(Today), Text(Today.AddDays(1)), "null", "'9999-01-01'"])
        {
            Assert.Equal(
                PostgresErrorCodes.InsufficientPrivilege, (await RefusalAsync($"drop_ledger_day({kept})")).SqlState);
        }

        Assert.True(await ExistsAsync(recent));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task ARunInWhichIdsAreLookedUp_CantBeDropped(int age)
    {
        var run = -(LedgerGeneration.At(NowMs).Number - age);
        await database.Partitions.EnsureAsync(NowMs, Cancellation);

        var refusal = await RefusalAsync($"drop_event_ids({run})");

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }

    [Fact]
    public async Task ADayWhoseTimeIsOver_IsDropped_AndOnlyThat_AndItsIdsLongBefore()
    {
        var old = Today.AddDays(-500);
        await EnsureAsync(old);

        // All three are older than 400 days, and the newest of them is the oldest to keep.
        var dropped = await database.Partitions.DropAsync(old.AddDays(1), NowMs, Cancellation);

        // Those of other tests may be among them.
        Assert.InRange(dropped, 2, int.MaxValue);
        Assert.False(await ExistsAsync(old.AddDays(-1)));
        Assert.False(await ExistsAsync(old));
        Assert.True(await ExistsAsync(old.AddDays(1)));
        Assert.Empty(await database.RowsAsync(
            $"select relname from pg_class where relname = 'event_id_r{LedgerGeneration.At(MsOf(old)).Number}'"));
    }

    [Fact]
    public async Task OfADayThatIsDropped_TheEndsOfItsChainsStay()
    {
        var old = Today.AddDays(-700);
        await EnsureAsync(old);
        var session = await database.OpenSessionAsync();
        await using var ledger = database.Connect(session);
        for (var batch = 1; batch <= 3; batch++)
        {
            await ledger.BeginAsync([], all: false, MsOf(old), Cancellation);
            await ledger.CommitAsync(batch, [SampleEntry.New()], null, 0, Cancellation);
        }

        var last = (await database.BlocksAsync(session))[^1];
        await database.Partitions.DropAsync(old.AddDays(1), NowMs, Cancellation);

        Assert.Empty(await database.BlocksAsync(session));
        Assert.Equal(
            [$"3|{Convert.ToHexStringLower(last.Digest)}"],
            await database.RowsAsync(
                $"select batch, encode(digest, 'hex') from ledger_cut where session_id = {session.Value}"));
    }

    [Fact]
    public async Task AReaderOfTheLedger_DelaysTheDrop_AndWritersHardlyAtAll()
    {
        await EnsureAsync(Today.AddDays(-900));
        await using var reading = await database.Source.OpenConnectionAsync(Cancellation);
        var report = await reading.BeginTransactionAsync(Cancellation);
        await ExecuteAsync(reading, "select from ledger_block limit 0");
        var dropping = database.Partitions.DropAsync(Today.AddDays(-898), NowMs, Cancellation);

        // The lock that writers take. Were it not granted for a second, their batches would fail soon after.
        await using var writing = await database.Source.OpenConnectionAsync(Cancellation);
        for (var i = 0; i < 20; i++)
        {
            await using var batch = await writing.BeginTransactionAsync(Cancellation);
            await ExecuteAsync(writing, "set local lock_timeout = '1s'; lock table ledger_block in row exclusive mode");
            await batch.CommitAsync(Cancellation);
            await Task.Delay(TimeSpan.FromMilliseconds(40), TimeProvider.System, Cancellation);
        }

        Assert.False(dropping.IsCompleted);
        await report.CommitAsync(Cancellation);
        await dropping;
        Assert.False(await ExistsAsync(Today.AddDays(-900)));
    }

    [Fact]
    public async Task TheOwner_SetsHowLongDaysAreKept_ToTheDay()
    {
        var ended = Today.AddDays(-200);
        await EnsureAsync(ended);
        await using var owner = await database.Owner.OpenConnectionAsync(Cancellation);

        await LedgerRetention.SetAsync(owner, 200, Cancellation);
        Assert.Equal(200, await LedgerRetention.ReadAsync(database.Source, Cancellation));
        await RefusalAsync($"drop_ledger_day({Text(ended)})");
        await LedgerRetention.SetAsync(owner, 199, Cancellation);
        await database.ScalarAsync<object>($"select drop_ledger_day({Text(ended)})");

        Assert.False(await ExistsAsync(ended));
        await LedgerRetention.SetAsync(owner, 400, Cancellation);
    }

    [Theory]
    [InlineData("create_ledger_day('2019-12-31')")]
    [InlineData("create_ledger_day('infinity')")]
    [InlineData("create_ledger_day(null)")]
    [InlineData("create_event_ids(0)")]
    [InlineData("create_event_ids(1)")]
    [InlineData("create_event_ids(null)")]
    [InlineData("drop_event_ids(0)")]
    public async Task APartitionThatCantBe_IsRefused(string call) => Assert.Equal(
        PostgresErrorCodes.InvalidParameterValue, (await RefusalAsync(call)).SqlState);

    private async Task<PostgresException> RefusalAsync(string call)
    {
        await using var command = database.Source.CreateCommand($"select {call}");
        return await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Cancellation));
    }

    private Task EnsureAsync(DateOnly day) => database.Partitions.EnsureAsync(MsOf(day), Cancellation);

    private static long MsOf(DateOnly day) =>
        (long)(day.ToDateTime(TimeOnly.MinValue) - DateTime.UnixEpoch).TotalMilliseconds;

    private static string Text(DateOnly day) => $"'{day:yyyy-MM-dd}'";

    private Task<bool> ExistsAsync(DateOnly day) =>
        database.ScalarAsync<bool>($"select to_regclass('ledger_block_{day:yyyyMMdd}') is not null");

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
