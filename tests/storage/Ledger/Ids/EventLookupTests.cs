using Npgsql;
using Sluice.Storage.Ledger.Entries;
using Sluice.Storage.Ledger.Index;
using Xunit;

namespace Sluice.Storage.Ledger.Ids;

/// <summary>An id is found wherever it went, and whenever it is looked for within 32 days.</summary>
public sealed class EventLookupTests(MeteringDatabase database) : IClassFixture<MeteringDatabase>
{
    private const long NowMs = MeteringDatabase.NowMs;
    private const long HourMs = 3_600_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Ages of ids when they come, in hours; negative ones are ahead of the clock.</summary>
    public static TheoryData<int> Ages => [0, 1, 22, 23, 24, 25, 49, 24 * 40, -1, -22, -23, -24, -25, -72, -24 * 400];

    [Theory]
    [MemberData(nameof(Ages))]
    public async Task AnIdWithATime_IsFoundAtEveryAge_ByTheBatchAndByReaders(int ageHours)
    {
        var entry = EntryOf(NowMs - (ageHours * HourMs));
        await WriteAsync(entry, NowMs);

        for (var hours = 0; hours <= 24 * 31; hours += hours < 60 ? 1 : 24)
        {
            var nowMs = NowMs + (hours * HourMs);
            Assert.Single(await FindAsync(entry, nowMs));
            Assert.True(await IsRefusedAsync(entry, nowMs), $"written again after {hours} h");
        }
    }

    [Theory]
    [InlineData(0, "event_id_d")]
    [InlineData(23, "event_id_d")]
    [InlineData(-23, "event_id_d")]
    [InlineData(25, "event_id_r")]
    [InlineData(-25, "event_id_r")]
    public async Task AnIdWithATimeOfToday_GoesToItsDay_OthersToARun(int ageHours, string table)
    {
        var entry = EntryOf(NowMs - (ageHours * HourMs));

        await WriteAsync(entry, NowMs);

        var digest = entry.Id.ToString("N")[12..];
        Assert.StartsWith(
            table,
            await database.ScalarAsync<string>(
                $"select tableoid::regclass::text from event_id where replace(id::text, '-', '') like '%{digest}'"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task IdsOfADay_LieInTheOrderOfTheirTimes()
    {
        var (late, early) = (EntryOf(NowMs), EntryOf(NowMs - 60_000));
        await WriteAsync(late, NowMs);
        await WriteAsync(early, NowMs);

        var day = IdPart.DayOf(NowMs);
        Assert.True(day.IndexOf(early.Key).CompareTo(day.IndexOf(late.Key)) < 0);
    }

    [Fact]
    public async Task AnEventWhoseIdWasMadeHere_IsInNoIndex_AndFoundByTheKeyThatHasIt()
    {
        var own = OwnId.New(NowMs);
        var entry = SampleEntry.New(key: 41);
        (entry.Key, entry.EventId) = (new EventKey(own, NowMs, own) { IsUnique = true }, OwnId.Format(own));
        await WriteAsync(entry, NowMs);

        Assert.False(await database.HasEntryAsync(own));
        var found = Assert.Single(await FindAsync(SentBack(41), NowMs + (20 * 24 * HourMs)));
        Assert.Equal((entry.EventId, 41), (found.EventId, found.KeyId));
        Assert.Equal(SentBack(41).Id, found.Id);
        Assert.Empty(await FindAsync(SentBack(42), NowMs));

        EventKey SentBack(long key) =>
            new EventKey(new Guid("11111111-2222-3333-4444-555555555555"), NowMs, Guid.Empty)
            {
                Own = new OwnIdOfCaller(key, own),
            };
    }

    [Fact]
    public async Task AnIdOfTheLedgerBefore_IsFoundByTheIdThatItHadThere()
    {
        var number = LedgerGeneration.At(NowMs).Number;
        var before = Guid.NewGuid();
        await database.ExecuteAsync(
            $$"""
              create table ledger_g{{number}} (like ledger including defaults including constraints);
              alter table ledger attach partition ledger_g{{number}} for values in ({{number}});
              grant select on ledger_g{{number}} to sluice_service;
              insert into ledger select {{number}}, '{{before}}', 'e', 0, 1, 1, 1, 0, 0, 4, '', '',
                now(), now(), 202607, 20260715, '{3}', '{5}', 0, 77, null;
              """);
        var key = new EventKey(Guid.NewGuid(), NowMs, before);

        var found = Assert.Single(await FindAsync(key, NowMs));
        Assert.Equal((key.Id, 77, 4), (found.Id, found.Fingerprint, found.KeyId));
        Assert.Equal([3], found.Metrics);
        await using var ledger = database.Connect(await database.OpenSessionAsync());
        Assert.Single(await ledger.BeginAsync([key], all: false, NowMs, Cancellation));
    }

    [Fact]
    public async Task ABlockThatIsGone_IsAnError_AndNotANewEvent()
    {
        var entry = EntryOf(NowMs);
        await WriteAsync(entry, NowMs);
        await database.ExecuteAsync("delete from ledger_block");

        await Assert.ThrowsAsync<InvalidDataException>(() => FindAsync(entry, NowMs));
    }

    private static LedgerEntry EntryOf(long timeMs)
    {
        var entry = SampleEntry.New();
        var digest = Guid.NewGuid();
        entry.Key = new EventKey(digest, timeMs, digest);
        return entry;
    }

    private async Task WriteAsync(LedgerEntry entry, long nowMs)
    {
        await using var ledger = database.Connect(await database.OpenSessionAsync());
        await ledger.BeginAsync([entry.Key], all: false, nowMs, Cancellation);
        await ledger.CommitAsync(1, [entry], null, 0, Cancellation);
    }

    /// <summary>Whether a batch that assumes that there are no repeats notices the repeat.</summary>
    private async Task<bool> IsRefusedAsync(LedgerEntry entry, long nowMs)
    {
        await using var ledger = database.Connect(await database.OpenSessionAsync());
        if ((await ledger.BeginAsync([entry.Key], all: false, nowMs, Cancellation)).Count > 0)
            return true;
        try
        {
            await ledger.CommitAsync(1, [entry], null, 0, Cancellation);
            return false;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return true;
        }
    }

    private Task<IReadOnlyList<FoundEntry>> FindAsync(LedgerEntry entry, long nowMs) => FindAsync(entry.Key, nowMs);

    private Task<IReadOnlyList<FoundEntry>> FindAsync(EventKey key, long nowMs) =>
        LedgerConnection.FindAsync(database.Source, [key], nowMs, Cancellation);
}
