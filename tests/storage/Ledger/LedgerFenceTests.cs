using Npgsql;
using Sluice.Storage.Ledger.Entries;
using Sluice.Storage.Ledger.Sessions;
using Xunit;

namespace Sluice.Storage.Ledger;

/// <summary>Fences, and commits whose outcome the writer does not learn.</summary>
public sealed class LedgerFenceTests(MeteringDatabase database) : IClassFixture<MeteringDatabase>
{
    private const long NowMs = MeteringDatabase.NowMs;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AFencedSessionsBatch_FailsAsAWhole()
    {
        var (mine, other) = (await database.OpenSessionAsync(), await database.OpenSessionAsync());
        await using var ledger = database.Connect(mine);
        var entry = SampleEntry.New();
        await ledger.BeginAsync([entry.Key], all: true, NowMs, Cancellation);

        Assert.Equal(1, await database.Sessions.FenceAsync(mine, Cancellation));

        await Assert.ThrowsAsync<LedgerFencedException>(() => ledger.CommitAsync(
            1, [entry], new Checkpoint([new AccountLine(new(default, 1), new(new(3), new(202607)), 5, 0)], true),
            0,
            Cancellation));
        Assert.False(await database.HasEntryAsync(entry.Id));
        Assert.Equal(
            0, await database.ScalarAsync<long>($"select count(*) from usage_account where session_id = {mine.Value}"));
        Assert.False(await database.Sessions.BeatAsync(mine, Cancellation));
        Assert.True(await database.Sessions.BeatAsync(other, Cancellation));
    }

    [Fact]
    public async Task ANodesPredecessors_AreFenced_AndNoOtherNodesSessions()
    {
        var (node, other) = (new NodeIdentity(Guid.NewGuid(), "host"), new NodeIdentity(Guid.NewGuid(), "host"));
        var first = await database.Sessions.OpenAsync(node, new SessionEdge("address", null), Cancellation);
        var second = await database.Sessions.OpenAsync(node, new SessionEdge("address", null), Cancellation);
        var strange = await database.Sessions.OpenAsync(other, new SessionEdge("address", null), Cancellation);

        Assert.Equal(2, await database.Sessions.FencePredecessorsAsync(node, Cancellation));

        Assert.False(await database.Sessions.IsAliveAsync(first, Cancellation));
        Assert.False(await database.Sessions.IsAliveAsync(second, Cancellation));
        Assert.True(await database.Sessions.IsAliveAsync(strange, Cancellation));
        Assert.Equal(0, await database.Sessions.FencePredecessorsAsync(node, Cancellation));
    }

    [Fact]
    public async Task AnEdge_IsReadWhileItsSessionLives()
    {
        var edge = new SessionEdge("sys.client/somewhere", new byte[32]);
        var session = await database.Sessions.OpenAsync(database.Node, edge, Cancellation);

        Assert.Equivalent(edge, await database.Sessions.ReadEdgeAsync(session, Cancellation));
        await database.Sessions.FenceAsync(session, Cancellation);
        Assert.Null(await database.Sessions.ReadEdgeAsync(session, Cancellation));
    }

    [Fact]
    public async Task AFence_WaitsForTheBatchThatIsCommitting_AndLetsNoneInAfterIt()
    {
        var mine = await database.OpenSessionAsync();
        var entry = SampleEntry.New();
        await using var hold = await CommitHold.TakeAsync(database);
        var writing = database.WriteAsync(mine, 1, [entry]);
        await database.UntilALockIsAwaitedAsync();

        var fencing = database.Sessions.FenceAsync(mine, Cancellation);
        await database.UntilALockIsAwaitedAsync(waiting: 2);
        Assert.False(fencing.IsCompleted);
        await hold.ReleaseAsync();
        await writing;
        await fencing;

        Assert.True(await database.HasEntryAsync(entry.Id));
        await Assert.ThrowsAsync<LedgerFencedException>(() => database.WriteAsync(mine, 2, [SampleEntry.New()]));
    }

    [Fact]
    public async Task AConnectionKilledBeforeTheCommit_LeavesNothing_AndTheNextNumberGoesOn()
    {
        var session = await database.OpenSessionAsync();
        await using var source = database.Named("killed-before");
        await using var ledger = new LedgerConnection(source, database.Partitions, session);
        var entry = SampleEntry.New();
        await ledger.BeginAsync([entry.Key], all: true, NowMs, Cancellation);
        await database.KillAsync("killed-before");

        await Assert.ThrowsAsync<CommitUnknownException>(() => ledger.CommitAsync(1, [entry], null, 0, Cancellation));

        Assert.False(await ledger.SealAsync(1, Cancellation));
        Assert.False(await database.HasEntryAsync(entry.Id));
        await GoesOnAsync(ledger, 2, entry);
    }

    [Fact]
    public async Task AConnectionKilledDuringTheCommit_IsOfUnknownOutcome_AndSealingFindsThatNothingIsThere()
    {
        var session = await database.OpenSessionAsync();
        await using var source = database.Named("killed-during");
        await using var ledger = new LedgerConnection(source, database.Partitions, session);
        var entry = SampleEntry.New();
        await using (await CommitHold.TakeAsync(database))
        {
            await ledger.BeginAsync([entry.Key], all: true, NowMs, Cancellation);
            var committing = ledger.CommitAsync(1, [entry], null, 0, Cancellation);
            await database.UntilALockIsAwaitedAsync();
            await database.KillAsync("killed-during");
            await Assert.ThrowsAsync<CommitUnknownException>(() => committing);
            Assert.False(await ledger.SealAsync(1, Cancellation));
        }

        Assert.False(await database.HasEntryAsync(entry.Id));
        await GoesOnAsync(ledger, 2, entry);
    }

    [Fact]
    public async Task ACommitWhoseAnswerIsLost_IsFoundOnDisk()
    {
        var session = await database.OpenSessionAsync();
        await using var relay = database.Relay();
        await using var source = NpgsqlDataSource.Create(relay.ConnectionString);
        await using var ledger = new LedgerConnection(source, database.Partitions, session);
        var entry = SampleEntry.New();
        await using var hold = await CommitHold.TakeAsync(database);
        await ledger.BeginAsync([entry.Key], all: true, NowMs, Cancellation);
        var committing = ledger.CommitAsync(1, [entry], null, 0, Cancellation);
        await database.UntilALockIsAwaitedAsync();
        relay.HoldAnswers();
        await hold.ReleaseAsync();
        await database.UntilAsync($"exists (select from event_id where id = '{entry.Id}')");
        relay.Cut();
        await Assert.ThrowsAsync<CommitUnknownException>(() => committing);
        relay.Mend();

        Assert.True(await ledger.SealAsync(1, Cancellation));
        await GoesOnAsync(ledger, 2, SampleEntry.New());
    }

    [Fact]
    public async Task ASealedNumber_StaysFree_AlthoughTheServerStillHadItsCommitUnderWay()
    {
        // The server has the whole batch and waits for an account's row; the writer's end of the connection dies.
        var session = await database.OpenSessionAsync();
        var account = new AccountLine(new(default, 99), new(new(3), new(202607)), 5, 0);
        await database.WriteAsync(session, 1, [], new Checkpoint([account], true));
        await using var relay = database.Relay();
        await using var source = NpgsqlDataSource.Create(relay.ConnectionString);
        await using var ledger = new LedgerConnection(source, database.Partitions, session);
        var entry = SampleEntry.New();
        await using var blocker = await database.Source.OpenConnectionAsync(Cancellation);
        await using (var transaction = await blocker.BeginTransactionAsync(Cancellation))
        {
            await using (var lockRow = new NpgsqlCommand("select * from usage_account for update", blocker))
                await lockRow.ExecuteNonQueryAsync(Cancellation);
            await ledger.BeginAsync([entry.Key], all: true, NowMs, Cancellation);
            var committing = ledger.CommitAsync(
                2, [entry], new Checkpoint([account with { UsedUnits = 10 }], true), 0, Cancellation);
            await database.UntilALockIsAwaitedAsync();
            relay.Cut();
            await Assert.ThrowsAsync<CommitUnknownException>(() => committing);
            relay.Mend();

            Assert.False(await ledger.SealAsync(2, Cancellation));
            await transaction.RollbackAsync(Cancellation);
        }

        await database.UntilAsync(
            "not exists (select from pg_stat_activity where datname = current_database() and state like '%active%'"
            + " and query like 'insert into usage_account%')");
        Assert.False(await database.HasEntryAsync(entry.Id));
        await GoesOnAsync(ledger, 3, entry);
        Assert.Equal(5, await database.ScalarAsync<long>("select used from usage_account where scope_id = 99"));
    }

    private async Task GoesOnAsync(LedgerConnection ledger, long batch, LedgerEntry entry)
    {
        await ledger.BeginAsync([entry.Key], all: true, NowMs, Cancellation);
        await ledger.CommitAsync(batch, [entry], null, 0, Cancellation);
        Assert.True(await database.HasEntryAsync(entry.Id));
    }
}
