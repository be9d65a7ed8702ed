using Npgsql;
using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Storage.Ledger.Entries;
using Xunit;

namespace Sluice.Storage.Ledger;

public sealed class SumConnectionTests(MeteringDatabase database) : IClassFixture<MeteringDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sums_AreAdded_OverSegmentsAndSessions()
    {
        var key = NewKey() with { ProjectId = 2, KeyId = 4, Member = "メンバー" };
        var (one, two) = (await database.OpenSessionAsync(), await database.OpenSessionAsync());

        await database.AddSumsAsync(one, 0, 1, new RollupLine(key, 10, 0));
        await database.AddSumsAsync(one, 1, 7, new RollupLine(key, 5, 5));
        await database.AddSumsAsync(two, 0, 1, new RollupLine(key, 1, 0));

        Assert.Equal(
            "4|2|0|メンバー||3|16|5",
            Assert.Single(await database.RowsAsync(
                $"""
                 select key_id, project_id, seat_id, member, model, metric, value, unpriced from usage_rollup
                 where tenant_id = {key.TenantId} and bucket = '2026-07-15Z'
                 """)));
        Assert.Equal(7, await CheckpointAsync(one));
    }

    [Fact]
    public async Task ASegmentThatDoesNotFollowTheLast_ChangesNothing()
    {
        var key = NewKey();
        var session = await database.OpenSessionAsync();
        await database.AddSumsAsync(session, 0, 3, new RollupLine(key, 10, 0));

        foreach (var from in (long[])[0, 2, 4])
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(
                () => database.AddSumsAsync(session, from, 9, new RollupLine(key, 1, 0)));
            Assert.Equal(PostgresErrorCodes.DivisionByZero, refused.SqlState);
        }

        Assert.Equal((10, 3), (await UnitsAsync(key), await CheckpointAsync(session)));
    }

    [Fact]
    public async Task ASegmentWithoutRows_MovesTheCheckpoint()
    {
        var session = await database.OpenSessionAsync();

        await database.AddSumsAsync(session, 0, 5);

        Assert.Equal(5, await CheckpointAsync(session));
    }

    [Fact(Timeout = 60_000)]
    public async Task HowFarTheyReach_IsKnown_OnceACallThatStillRunsHasEnded()
    {
        var key = NewKey();
        var session = await database.OpenSessionAsync();
        var sums = new SumConnection(database.Source, session);
        Task adding;
        Task<long?> reach;
        const string Row = "select from edge_session where id = $1 for update";
        await using (await LockHold.TakeAsync(database, Row, session.Value))
        {
            adding = database.AddSumsAsync(session, 0, 4, new RollupLine(key, 10, 0));
            await database.UntilALockIsAwaitedAsync();
            reach = sums.ReachAsync(Cancellation);
            await database.UntilALockIsAwaitedAsync(waiting: 2);
        }

        await adding;
        Assert.Equal(4, await reach);
        Assert.Null(await new SumConnection(database.Source, new SessionId(long.MaxValue)).ReachAsync(Cancellation));
    }

    [Theory(Timeout = 120_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ASessionThatIsSettledWhileItsNodeStillWrites_IsSummedOnce(bool settledFirst)
    {
        var session = await database.OpenSessionAsync();
        var entry = SampleEntry.New(IdText.NewValue());
        await database.WriteAsync(session, 1, [entry], new Checkpoint([], Full: true));
        var lines = LinesOf(entry);
        await database.Sessions.FenceAsync(session, Cancellation);
        var steps = new List<Func<Task>>
        {
            () => database.AddSumsAsync(session, 0, 1, lines),
            () => database.Sessions.SettleAsync(session, Cancellation),
        };
        if (settledFirst)
            steps.Reverse();
        var running = new List<Task>();
        await using (await LockHold.TakeAsync(database, SumConnection.Lock, session.Value))
        {
            // Locks are granted in the order in which they were asked for.
            foreach (var step in steps)
            {
                running.Add(step());
                await database.UntilALockIsAwaitedAsync(running.Count);
            }
        }

        await running[0];
        if (settledFirst)
            await Assert.ThrowsAsync<PostgresException>(() => running[1]);
        else
            await running[1];
        Assert.Equal(
            lines.Sum(l => l.Units),
            await database.ScalarAsync<long>(
                $"select sum(value)::bigint from usage_rollup where tenant_id = {entry.TenantId}"));
    }

    [Fact]
    public async Task ATenantThatHasReachedItsLabels_IsSettledUnderTheOther()
    {
        var tenant = IdText.NewValue();
        await database.ExecuteAsync(
            $"""
             insert into usage_label (tenant_id, day, label)
             select {tenant}, (now() at time zone 'UTC')::date, 'label ' || n
             from generate_series(1, {LabelStore.Max}) n
             """);
        var session = await database.OpenSessionAsync();
        var (known, strange, none) = (Labelled("label 7", ""), Labelled("new model", "label 9"), Labelled("", "new"));
        await database.WriteAsync(session, 1, [known, strange, none]);

        await database.Sessions.FenceAsync(session, Cancellation);
        await database.Sessions.SettleAsync(session, Cancellation);

        Assert.Equal(
            ["|(other)", "(other)|label 9", "label 7|"],
            await database.RowsAsync(
                $"select distinct model, member from usage_rollup where tenant_id = {tenant} order by 1, 2"));

        LedgerEntry Labelled(string model, string member)
        {
            var entry = SampleEntry.New(tenant);
            (entry.Model, entry.Member) = (model, member);
            return entry;
        }
    }

    private static RollupLine[] LinesOf(LedgerEntry entry) =>
    [
        .. Enumerable.Range(0, entry.Charge.Count)
            .Select(line => new RollupLine(
                new RollupKey(
                    entry.TenantId, entry.AtMs - (entry.AtMs % RollupKey.BucketLengthMs), entry.Month, entry.KeyId,
                    entry.ProjectId, entry.SeatId, entry.Member, entry.Model, entry.Charge.MetricAt(line).Value),
                entry.Charge.UnitsAt(line), 0))
            .OrderBy(l => l.Key),
    ];

    private static RollupKey NewKey() =>
        new(IdText.NewValue(), MeteringDatabase.NowMs, 202607, 4, 0, 0, "", "", MetricId.TextTokens.Value);

    private Task<long> UnitsAsync(RollupKey key) =>
        database.ScalarAsync<long>($"select sum(value)::bigint from usage_rollup where tenant_id = {key.TenantId}");

    private Task<long> CheckpointAsync(SessionId session) =>
        database.ScalarAsync<long>($"select checkpoint from edge_session where id = {session.Value}");
}
