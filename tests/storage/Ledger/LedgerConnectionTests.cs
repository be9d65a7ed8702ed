using Npgsql;
using Sluice.Metering.Metrics;
using Sluice.Storage.Ledger.Blocks;
using Sluice.Storage.Ledger.Entries;
using Sluice.Storage.Ledger.Ids;
using Xunit;

namespace Sluice.Storage.Ledger;

public sealed class LedgerConnectionTests(MeteringDatabase database) : IClassFixture<MeteringDatabase>
{
    private const long NowMs = MeteringDatabase.NowMs;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnEntry_IsOnDiskAsItWasWritten()
    {
        var entry = FullEntry();
        var session = await database.OpenSessionAsync();

        await database.WriteAsync(session, 1, [entry]);

        var block = Assert.Single(await database.BlocksAsync(session));
        Assert.Equal(new BlockHeader(session, 1, NowMs, NowMs, 1), block.Header);
        Assert.Equal(LedgerDay.Of(NowMs), block.Day);
        Assert.Equivalent(entry, Assert.Single(block.Read()), strict: true);
    }

    [Fact]
    public async Task AWarmUp_LeavesNothing_AndTheFirstBatchIsWrittenAfterIt()
    {
        var session = await database.OpenSessionAsync();
        await using var ledger = new LedgerConnection(
            database.Source, new LedgerPartitions(database.Source), session);
        var entry = SampleEntry.New();

        await ledger.WarmUpAsync(NowMs, Cancellation);
        await ledger.BeginAsync([], all: false, NowMs, Cancellation);
        await ledger.CommitAsync(1, [entry], null, 0, Cancellation);

        Assert.Equal(entry.Id, Assert.Single(Assert.Single(await database.BlocksAsync(session)).Read()).Id);
    }

    [Fact]
    public async Task WhatIsFound_IsWhatWasWritten()
    {
        var full = FullEntry();
        var bare = SampleEntry.New(kind: EntryKind.Release);
        bare.EventId = "";
        bare.Charge.Clear();
        await database.WriteAsync(await database.OpenSessionAsync(), 1, [full, bare]);

        var found = await LedgerConnection.FindAsync(database.Source, [full.Key, bare.Key], NowMs, Cancellation);

        var first = Assert.Single(found, f => f.Id == full.Id);
        Assert.Equal(
            (full.EventId, full.Kind, full.Fingerprint, full.KeyId, full.AdmittedAtMs, full.ExpiresAtMs),
            (first.EventId, first.Kind, first.Fingerprint, first.KeyId, first.AdmittedAtMs, first.ExpiresAtMs));
        Assert.Equal((full.Model, full.Member), (first.Model, first.Member));
        Assert.Equal([3, 0], first.Metrics);
        Assert.Equal([0, long.MaxValue], first.Units);
        var second = Assert.Single(found, f => f.Id == bare.Id);
        Assert.Equal(("", EntryKind.Release, 0L, "", ""), (second.EventId, second.Kind, second.ExpiresAtMs,
            second.Model, second.Member));
        Assert.Empty(second.Metrics);
        Assert.Empty(second.Units);
    }

    [Fact]
    public async Task BatchNumbers_AreClaimedInOrder_AndASecondWriterOfTheSession_WritesNothing()
    {
        var session = await database.OpenSessionAsync();
        await database.WriteAsync(session, 1, []);
        await database.WriteAsync(session, 2, []);
        var late = SampleEntry.New();

        await Assert.ThrowsAsync<LedgerFencedException>(() => database.WriteAsync(session, 2, [late]));
        await Assert.ThrowsAsync<LedgerFencedException>(() => database.WriteAsync(session, 4, [late]));

        Assert.False(await database.HasEntryAsync(late.Id));
        Assert.Equal(2, await database.ScalarAsync<long>($"select batch from edge_session where id = {session.Value}"));
    }

    [Fact]
    public async Task AnId_IsFoundInItsGenerationAndTheNext_ButNotInTheOneAfter()
    {
        const long Generation = LedgerGeneration.Days * 86_400_000L;
        var entry = SampleEntry.New();
        await database.WriteAsync(await database.OpenSessionAsync(), 1, [entry]);

        Assert.Equal(1, await FoundAsync(entry.Id, NowMs, all: true));
        Assert.Equal(1, await FoundAsync(entry.Id, NowMs + Generation, all: true));
        Assert.Equal(1, await FoundAsync(entry.Id, NowMs + Generation, all: false));
        Assert.Equal(0, await FoundAsync(entry.Id, NowMs + (2 * Generation), all: true));
        Assert.Equal(0, await FoundAsync(entry.Id, NowMs, all: false));
    }

    [Fact]
    public async Task AWriterThatLivesThroughAGenerationsEnd_WritesIntoTheNext_AndStillKnowsTheIdsOfBefore()
    {
        var generation = LedgerGeneration.At(NowMs);
        var endMs = NowMs - generation.AgeMs(NowMs) + (LedgerGeneration.Days * 86_400_000L);
        var (before, after) = (SampleEntry.New(), SampleEntry.New());
        await using var ledger = database.Connect(await database.OpenSessionAsync());
        await ledger.BeginAsync([before.Key], all: false, endMs - 1, Cancellation);
        await ledger.CommitAsync(1, [before], null, 0, Cancellation);

        var found = await ledger.BeginAsync([before.Key, after.Key], all: false, endMs, Cancellation);
        await ledger.CommitAsync(2, [after], null, 0, Cancellation);

        Assert.Equal(before.Id, Assert.Single(found).Id);
        Assert.Equal(
            [$"{-generation.After.Number}", $"{-generation.Number}"],
            await database.RowsAsync(
                $"select part from event_id where id in ('{before.Id}', '{after.Id}') order by 1"));
    }

    [Fact]
    public async Task TwoWritersOfOneId_EndWithOneEntry_AndNothingOfTheOthersBatch()
    {
        var (one, two) = (await database.OpenSessionAsync(), await database.OpenSessionAsync());
        var first = SampleEntry.New();
        var (same, another) = (SampleEntry.New(id: first.Id), SampleEntry.New());
        await using var loser = database.Connect(two);
        Task writing, losing;
        await using (var hold = await CommitHold.TakeAsync(database))
        {
            writing = database.WriteAsync(one, 1, [first]);
            await database.UntilALockIsAwaitedAsync();
            await loser.BeginAsync([same.Key], all: false, NowMs, Cancellation);
            losing = loser.CommitAsync(1, [another, same], null, 0, Cancellation);
            await database.UntilALockIsAwaitedAsync(waiting: 2);
            await hold.ReleaseAsync();
            await writing;
            var failure = await Assert.ThrowsAsync<PostgresException>(() => losing);
            Assert.Equal(PostgresErrorCodes.UniqueViolation, failure.SqlState);
        }

        Assert.False(await database.HasEntryAsync(another.Id));
        await loser.RollBackAsync();
        var found = await loser.BeginAsync([same.Key, another.Key], all: true, NowMs, Cancellation);
        await loser.CommitAsync(1, [another], null, 0, Cancellation);
        Assert.Equal(first.Id, Assert.Single(found).Id);
        Assert.True(await database.HasEntryAsync(another.Id));
    }

    private async Task<int> FoundAsync(Guid id, long nowMs, bool all)
    {
        await using var ledger = database.Connect(await database.OpenSessionAsync());
        return (await ledger.BeginAsync([new EventKey(id)], all, nowMs, Cancellation)).Count;
    }

    private static LedgerEntry FullEntry()
    {
        var entry = SampleEntry.New(tenant: 11, key: 14, units: 0, kind: EntryKind.Reserve);
        entry.EventId = "évènement-🎧";
        entry.ProjectId = 12;
        entry.SeatId = 13;
        entry.Member = "会員 \" \\ '";
        entry.Model = "モデル";
        entry.AtMs = NowMs - 1_234_567_891;
        entry.Charge.Add(MetricId.Amount, long.MaxValue);
        entry.UnpricedMask = 2;
        entry.Fingerprint = -7;
        entry.ExpiresAtMs = NowMs + 300_001;
        return entry;
    }
}
