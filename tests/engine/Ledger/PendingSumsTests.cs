using Sluice.Engine.Events;
using Sluice.Metering.Metrics;
using Sluice.Storage.Ledger;
using Sluice.Storage.Ledger.Entries;
using Xunit;

namespace Sluice.Engine.Ledger;

public sealed class PendingSumsTests
{
    private const long QuarterMs = 900_000;

    private readonly PendingSums _sums = new();
    private readonly UsageEventPool _pool = new();

    [Fact]
    public void Sums_AreByQuarterOfAnHour_KeyModelMemberAndMetric()
    {
        Write(
            1, Event(units: 5, atMs: QuarterMs), Event(units: 6, atMs: (2 * QuarterMs) - 1),
            Event(units: 7, atMs: 2 * QuarterMs), Event(units: 8, atMs: QuarterMs, model: "m"));

        Assert.Equal(
            [(QuarterMs, "", 11L), (QuarterMs, "m", 8L), (2 * QuarterMs, "", 7L)],
            TakeSums().OrderBy(s => s.Key).Select(s => (s.Key.BucketMs, s.Key.Model, s.Value.Units)));
    }

    [Fact]
    public void HoldsAndTheirReleases_AreNotUsage_ButCommitsAndRecordsAre()
    {
        Write(1, [.. Enum.GetValues<EntryKind>().Select(kind => Event(units: 1L << (int)kind, kind: kind))]);

        var sum = Assert.Single(TakeSums());
        Assert.Equal(
            (1 << (int)EntryKind.Consume) + (1 << (int)EntryKind.Record) + (1 << (int)EntryKind.Commit),
            sum.Value.Units);
    }

    [Fact]
    public void WhatHasNoPrice_IsSummedApart_LineByLine()
    {
        var usage = Event(units: 5);
        usage.Charge.Add(MetricId.AudioAnalyzedSeconds, 9);
        usage.Entry.UnpricedMask = 0b10;
        Write(1, usage);

        Assert.Equal(
            [(MetricId.TextTokens.Value, 5L, 0L), (MetricId.AudioAnalyzedSeconds.Value, 9L, 9L)],
            TakeSums().OrderBy(s => s.Key).Select(s => (s.Key.Metric, s.Value.Units, s.Value.Unpriced)));
    }

    [Fact]
    public void Nothing_IsTakenBeyondWhatTheAccountsReach()
    {
        _sums.Add([Event(units: 5)], 1);
        Assert.Null(_sums.Take(100));

        _sums.AllowUpTo(1);
        _sums.Add([Event(units: 7)], 2);

        var first = _sums.Take(100)!;
        Assert.Equal((1, 5), (first.End, first.Sums.Single().Value.Units));
        Assert.Null(_sums.Take(100));
    }

    [Fact]
    public void ABatchWithoutUsage_MovesTheCheckpointToo()
    {
        Write(1, Event(units: 5, kind: EntryKind.Reserve));

        var segment = _sums.Take(100)!;
        Assert.Equal((1, 0), (segment.End, segment.Sums.Count));
    }

    [Fact]
    public void Segments_AreJoinedUpToTheSizeAskedFor_AndEndWithABatch()
    {
        for (var batch = 1; batch <= 4; batch++)
            Write(batch, Event(units: batch, model: "same"), Event(units: batch, model: $"{batch}"));

        var first = _sums.Take(4)!;
        var second = _sums.Take(100)!;

        // Two batches of two rows are four at most, of which they share one; a third might be one too many.
        Assert.Equal((2, 3), (first.End, first.Sums.Count));
        Assert.Equal(3, first.Sums.Single(s => s.Key.Model == "same").Value.Units);
        Assert.Equal((4, 3), (second.End, second.Sums.Count));
    }

    [Fact]
    public void OneLargeBatch_IsASegmentOfItsOwn()
    {
        Write(1, [.. Enumerable.Range(0, 50).Select(i => Event(units: 1, model: $"{i}"))]);
        Write(2, Event(units: 1));

        Assert.Equal((1, 50), (_sums.Take(10) is { } large ? (large.End, large.Sums.Count) : default));
        Assert.Equal(2, _sums.Take(10)!.End);
    }

    [Fact]
    public void TheRowsOfATenant_AreCountedUntilTheyAreOnDisk()
    {
        Write(1, Event(units: 1, model: "a"), Event(units: 1, model: "b"), Event(units: 1, tenant: 2));
        Write(2, Event(units: 1, model: "a"));
        Assert.Equal((3, 1, 4), (_sums.RowsOf(1), _sums.RowsOf(2), _sums.Rows));

        var all = _sums.Take(100)!;
        Assert.Equal((2, 1), (_sums.RowsOf(1), _sums.RowsOf(2)));
        _sums.OnWritten(all);

        Assert.Equal((0, 0, 0), (_sums.RowsOf(1), _sums.RowsOf(2), _sums.Rows));
    }

    private void Write(long batch, params List<UsageEvent> events)
    {
        _sums.Add(events, batch);
        _sums.AllowUpTo(batch);
    }

    private Dictionary<RollupKey, (long Units, long Unpriced)> TakeSums() => _sums.Take(int.MaxValue)!.Sums;

    private UsageEvent Event(
        long units,
        long atMs = QuarterMs,
        EntryKind kind = EntryKind.Consume,
        string model = "",
        long tenant = 1)
    {
        var usage = _pool.Rent();
        usage.Entry.TenantId = tenant;
        usage.Entry.Kind = kind;
        usage.Entry.AtMs = atMs;
        usage.Entry.Model = model;
        usage.Charge.Add(MetricId.TextTokens, units);
        return usage;
    }
}
