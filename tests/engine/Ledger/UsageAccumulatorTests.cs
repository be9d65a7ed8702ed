using Sluice.Engine.Events;
using Sluice.Metering.Metrics;
using Sluice.Storage.Ledger;
using Xunit;

namespace Sluice.Engine.Ledger;

public sealed class UsageAccumulatorTests
{
    private const long QuarterMs = 900_000;

    private readonly UsageAccumulator _usage = new();
    private readonly UsageEventPool _pool = new();

    [Fact]
    public void Sums_AreByQuarterOfAnHour_KeyModelMemberAndMetric()
    {
        _usage.Add(
            [
                Event(units: 5, atMs: QuarterMs), Event(units: 6, atMs: (2 * QuarterMs) - 1),
                Event(units: 7, atMs: 2 * QuarterMs), Event(units: 8, atMs: QuarterMs, model: "m"),
            ],
            1);

        var sums = _usage.Plan(full: true)!.Rollups;

        Assert.Equal(
            [(QuarterMs, "", 11L), (QuarterMs, "m", 8L), (2 * QuarterMs, "", 7L)],
            sums.Select(s => (s.Key.BucketMs, s.Key.Model, s.Units)));
        Assert.Equal(sums.Select(s => s.Key).Order(), sums.Select(s => s.Key));
    }

    [Fact]
    public void HoldsAndTheirReleases_AreNotUsage_ButCommitsAndRecordsAre()
    {
        _usage.Add([.. Enum.GetValues<EntryKind>().Select(kind => Event(units: 1L << (int)kind, kind: kind))], 1);

        var sum = Assert.Single(_usage.Plan(full: true)!.Rollups);
        Assert.Equal(
            (1 << (int)EntryKind.Consume) + (1 << (int)EntryKind.Record) + (1 << (int)EntryKind.Commit), sum.Units);
    }

    [Fact]
    public void WhatHasNoPrice_IsSummedApart_LineByLine()
    {
        var usage = Event(units: 5);
        usage.Charge.Add(MetricId.AudioAnalyzedSeconds, 9);
        usage.Entry.UnpricedMask = 0b10;
        _usage.Add([usage], 1);

        Assert.Equal(
            [(MetricId.TextTokens.Value, 5L, 0L), (MetricId.AudioAnalyzedSeconds.Value, 9L, 9L)],
            _usage.Plan(full: true)!.Rollups.Select(s => (s.Key.Metric, s.Units, s.UnpricedUnits)));
    }

    [Fact]
    public void ABatchThatWasNotWritten_IsTakenBackWhole()
    {
        var (kept, failed) = (Event(units: 5), Event(units: 3));
        kept.Entry.UnpricedMask = failed.Entry.UnpricedMask = 1;
        _usage.Add([kept], 1);
        _usage.Add([failed, Event(units: 4, model: "other")], 1);
        _usage.Add([failed, Event(units: 4, model: "other")], -1);

        var sum = Assert.Single(_usage.Plan(full: true)!.Rollups);
        Assert.Equal((5L, 5L), (sum.Units, sum.UnpricedUnits));
    }

    [Fact]
    public void ABatchWithoutUsage_SaysThatNothingLags_UnlessEarlierUsageDoes()
    {
        _usage.Add([Event(units: 5, kind: EntryKind.Reserve)], 1);
        Assert.True(_usage.Plan(full: false) is { Full: true, Accounts.Count: 0, Rollups.Count: 0 });

        _usage.Add([Event(units: 5)], 1);
        _usage.Add([Event(units: 5, kind: EntryKind.Release)], 1);
        Assert.Null(_usage.Plan(full: false));
    }

    [Fact]
    public void AfterACheckpoint_NothingIsLeftToWrite()
    {
        Assert.True(_usage.Empty);
        _usage.Add([Event(units: 5)], 1);
        Assert.False(_usage.Empty);
        Assert.Null(_usage.Plan(full: false));

        _usage.Plan(full: true);
        _usage.Written();

        Assert.True(_usage.Empty);
        Assert.Empty(_usage.Plan(full: true)!.Rollups);
    }

    private UsageEvent Event(
        long units, long atMs = QuarterMs, EntryKind kind = EntryKind.Consume, string model = "")
    {
        var usage = _pool.Rent();
        usage.Entry.Kind = kind;
        usage.Entry.AtMs = atMs;
        usage.Entry.Model = model;
        usage.Charge.Add(MetricId.TextTokens, units);
        return usage;
    }
}
