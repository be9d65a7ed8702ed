using Sluice.Metering.Identity;
using Sluice.Storage.Ledger.Entries;
using Sluice.Storage.Ledger.Sessions;
using Sluice.TestSupport.Postgres;
using Xunit;

namespace Sluice.Storage.Ledger.Blocks;

/// <summary>
/// What is done to the ledger behind the program's back is found, at its place. Each test has a database of its own.
/// </summary>
public sealed class ChainTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const long NowMs = MeteringDatabase.NowMs;

    private readonly MeteringDatabase _database = new(postgres);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task AHealthyLedger_Verifies_WhateverItsSessionsWentThrough()
    {
        var first = await LiveAsync(1, 5);
        var idle = await _database.OpenSessionAsync();
        await _database.Sessions.CloseAsync(idle, Cancellation);
        await LiveAsync(2, 5);
        var other = await _database.Sessions.OpenAsync(
            new NodeIdentity(Guid.NewGuid(), "other"), new SessionEdge("other", null), Cancellation);
        await WriteAsync(other, 1, NowMs - LedgerDay.LengthMs);

        var report = await VerifyAsync();

        Assert.Null(report.Break);
        Assert.Equal((4, 9 + 1), (report.Sessions, report.Blocks));
        Assert.Equal(9 + 1, report.Events);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public async Task AnEmptyLedger_Verifies() => Assert.Equal(new ChainReport(0, 0, 0, null), await VerifyAsync());

    [Theory]
    [InlineData("update ledger_block set body = set_bit(body, 40, 1 - get_bit(body, 40)) where batch = 3", 3)]
    [InlineData("update ledger_block set last_at = last_at + 1 where batch = 4", 4)]
    [InlineData("update ledger_block set events = 2 where batch = 5", 5)]
    [InlineData("update ledger_block set digest = previous where batch = 2", 2)]
    [InlineData("update ledger_block set previous = digest where batch = 2", 2)]
    [InlineData("delete from ledger_block where batch = 1", 2)]
    [InlineData("delete from ledger_block where batch = 3", 4)]
    [InlineData("delete from ledger_block where batch = 5", 6)]
    [InlineData("delete from ledger_block where batch > 4", 5)]
    [InlineData("delete from ledger_block", 1)]
    [InlineData(
        "insert into ledger_block select day - 1, session_id, batch, first_at, last_at, events, previous, digest, body "
        + "from ledger_block where batch = 3",
        3)]
    [InlineData(
        "insert into ledger_block select day, session_id, 7, first_at, last_at, events, previous, digest, body "
        + "from ledger_block where batch = 6",
        7)]
    [InlineData("update ledger_block set batch = 9 - batch where batch in (3, 4) and false; "
        + "update ledger_block set batch = 99 where batch = 3; update ledger_block set batch = 3 where batch = 4; "
        + "update ledger_block set batch = 4 where batch = 99", 3)]
    [InlineData("update edge_session set digest = previous", 6)]
    [InlineData("update edge_session set block = 4", 6)]
    public async Task ABreak_IsFoundAtItsPlace(string change, long batch)
    {
        var session = await LiveAsync(1, 6);

        await _database.ExecuteAsync(change);

        var report = await VerifyAsync();
        Assert.NotNull(report.Break);
        Assert.Equal((session, batch), (report.Break.Session, report.Break.Batch));
    }

    [Fact]
    public async Task ABlockOfNoSession_IsFound()
    {
        await LiveAsync(1, 3);

        await _database.ExecuteAsync(
            "insert into ledger_block select day, 999, batch, first_at, last_at, events, previous, digest, body "
            + "from ledger_block where batch = 1");

        var broken = (await VerifyAsync()).Break!;
        Assert.Equal((new SessionId(999), 1), (broken.Session, broken.Batch));
    }

    [Fact]
    public async Task ASessionThatIsTakenOut_IsMissed_ByTheOneThatFollowsIt()
    {
        var first = await LiveAsync(1, 3);
        await _database.Sessions.CloseAsync(first, Cancellation);
        var second = await LiveAsync(1, 3);

        await _database.ExecuteAsync(
            $"""
             delete from ledger_block where session_id = {first.Value};
             update edge_session set block = 0, digest = null where id = {first.Value};
             """);

        Assert.Equal(second, (await VerifyAsync()).Break!.Session);
    }

    [Fact]
    public async Task AnUnknownFormat_IsABreak_AlthoughItsDigestIsRight()
    {
        var session = await LiveAsync(1, 2);
        var block = (await _database.BlocksAsync(session))[0];
        var digest = BlockDigest.Of(block.Previous, block.Header, [9, 9]);

        await _database.ExecuteAsync(
            $"""
             update ledger_block set body = '\x0909', digest = '\x{Convert.ToHexString(digest)}' where batch = 1;
             update edge_session set digest = '\x{Convert.ToHexString(digest)}';
             """);

        var found = (await VerifyAsync()).Break!;
        Assert.Equal(1, found.Batch);
        Assert.Contains("version 9", found.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DaysThatWereDropped_AreNoBreak_ButOneThatWasTakenOutIs()
    {
        var nowMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var session = await _database.OpenSessionAsync();
        await using var ledger = _database.Connect(session);
        for (var batch = 1; batch <= 4; batch++)
            await WriteAsync(ledger, batch, nowMs - ((600 - batch) * LedgerDay.LengthMs));
        Assert.Null((await VerifyAsync()).Break);

        await _database.Partitions.DropAsync(LedgerDay.Of(nowMs).AddDays(-598), nowMs, Cancellation);

        var report = await VerifyAsync();
        Assert.Null(report.Break);
        Assert.Equal(3, report.Blocks);
        await _database.ExecuteAsync("delete from ledger_block where batch = 2");
        Assert.Equal(3, (await VerifyAsync()).Break!.Batch);
    }

    /// <summary>Writes batches with one event each, and one that has none.</summary>
    private async Task<SessionId> LiveAsync(int first, int last)
    {
        var session = await _database.OpenSessionAsync();
        await using var ledger = _database.Connect(session);
        for (var batch = 1; batch < first; batch++)
            await WriteAsync(ledger, batch, NowMs, empty: true);
        for (var batch = first; batch <= last; batch++)
            await WriteAsync(ledger, batch, NowMs);
        await WriteAsync(ledger, last + 1, NowMs, empty: true);
        return session;
    }

    private async Task WriteAsync(SessionId session, long batch, long nowMs)
    {
        await using var ledger = _database.Connect(session);
        await WriteAsync(ledger, batch, nowMs);
    }

    private static async Task WriteAsync(LedgerConnection ledger, long batch, long nowMs, bool empty = false)
    {
        await ledger.BeginAsync([], all: false, nowMs, Cancellation);
        await ledger.CommitAsync(batch, empty ? [] : [SampleEntry.New()], null, 0, Cancellation);
    }

    private Task<ChainReport> VerifyAsync() => new ChainVerifier(_database.Source).VerifyAsync(null, Cancellation);
}
