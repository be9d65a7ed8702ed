using Sluice.Engine.Events;
using Sluice.Metering.Metrics;
using Xunit;

namespace Sluice.Engine.Ledger;

public sealed class WaitingEventsTests
{
    private readonly WaitingEvents _waiting = new();
    private readonly UsageEventPool _pool = new();

    [Fact]
    public void ATenantWithOneEvent_IsInTheNextBatch_HoweverManyAnotherHas()
    {
        Add(tenant: 1, count: 5_000);
        Add(tenant: 2, count: 1);

        Assert.Contains(2, Take(lines: 400).Select(u => u.Entry.TenantId));
    }

    [Fact]
    public void TenantsShareABatch_AndEachKeepsItsOrder()
    {
        Add(tenant: 1, count: 1_000);
        Add(tenant: 2, count: 1_000);
        Add(tenant: 3, count: 10);

        var batch = Take(lines: 2_000);

        var of = batch.ToLookup(u => u.Entry.TenantId, u => u.Entry.AtMs);
        Assert.Equal(10, of[3].Count());
        Assert.InRange(of[1].Count() - of[2].Count(), -64, 64);
        Assert.All(of, events => Assert.Equal(events.Order(), events));
    }

    [Fact]
    public void ABatch_HasAsManyEventsAndLinesAsAskedFor()
    {
        Add(tenant: 1, count: 1_000);
        Add(tenant: 2, count: 1_000);

        Assert.Equal(7, Take(lines: 2 * 7).Count);
        var few = new List<UsageEvent>();
        _waiting.Take(few, 5, int.MaxValue, static _ => true);
        Assert.Equal(5, few.Count);
        Assert.Equal(2_000 - 12, _waiting.Count);
    }

    [Fact]
    public void TenantsWhoseSumsLag_Wait_AndOthersDoNot()
    {
        Add(tenant: 1, count: 10);
        Add(tenant: 2, count: 500);
        var batch = new List<UsageEvent>();

        _waiting.Take(batch, int.MaxValue, int.MaxValue, static tenant => tenant != 1);

        Assert.Equal(500, batch.Count(u => u.Entry.TenantId == 2));
        Assert.Equal(500, batch.Count);
        Assert.Equal(10, Take(lines: int.MaxValue).Count);
    }

    [Fact]
    public void OneTenant_FillsHalfAtMost_AndThereIsRoomForOthers()
    {
        Assert.Equal(LedgerBounds.QueueMax / 2, Add(tenant: 1, count: LedgerBounds.QueueMax));
        Assert.Equal(LedgerBounds.QueueMax / 4, Add(tenant: 2, count: LedgerBounds.QueueMax));
        for (var tenant = 3; tenant < 100; tenant++)
            Assert.Equal(1, Add(tenant, count: 1));
    }

    [Fact]
    public void Age_IsTheTenantsOwn_UntilItsEventsAreOnDisk()
    {
        Add(tenant: 1, count: 1, atMs: 10);
        Add(tenant: 1, count: 1, atMs: 20);
        Add(tenant: 2, count: 1, atMs: 30);
        Assert.Equal((10, 30, long.MaxValue), (_waiting.OldestMs(1), _waiting.OldestMs(2), _waiting.OldestMs(3)));

        var first = new List<UsageEvent>();
        _waiting.Take(first, 1, int.MaxValue, static _ => true);
        Assert.Equal(10, _waiting.OldestMs(1));
        _waiting.EndBatch();

        Assert.Equal(20, _waiting.OldestMs(1));
        _waiting.TakeAll();
        _waiting.EndBatch();
        Assert.Equal(long.MaxValue, _waiting.OldestMs(1));
    }

    [Fact]
    public void OnceClosed_NothingIsAdded_AndWhatWaitsIsTaken()
    {
        Add(tenant: 1, count: 3);
        _waiting.Close();

        Assert.Equal(0, Add(tenant: 1, count: 1));
        Assert.Equal(3, _waiting.TakeAll().Count);
    }

    private List<UsageEvent> Take(int lines)
    {
        var batch = new List<UsageEvent>();
        _waiting.Take(batch, int.MaxValue, lines, static _ => true);
        _waiting.EndBatch();
        return batch;
    }

    /// <summary>Adds events of two lines each; returns how many were accepted.</summary>
    private int Add(long tenant, int count, long atMs = 0)
    {
        var added = 0;
        for (var i = 0; i < count; i++)
        {
            var usage = _pool.Rent();
            usage.Entry.TenantId = tenant;
            usage.Entry.AtMs = i;
            usage.Charge.Add(MetricId.TextTokens, 1);
            if (_waiting.TryAdd(usage, atMs))
                added++;
        }

        return added;
    }
}
