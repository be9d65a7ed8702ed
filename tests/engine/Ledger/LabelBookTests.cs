using Sluice.Engine.Clocks;
using Sluice.Engine.Nodes;
using Sluice.Engine.Time;
using Sluice.Metering.Identity;
using Sluice.Storage.Ledger;
using Xunit;

namespace Sluice.Engine.Ledger;

public sealed class LabelBookTests(TestStore store) : IClassFixture<TestStore>
{
    private readonly TestClock _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BeyondTheMaximum_NewLabelsAreSummedTogether_AndKnownOnesAsBefore()
    {
        var tenant = IdText.NewValue();
        var book = NewBook();
        var (first, labels) = await book.FoldAsync(
            Segment(tenant, Enumerable.Range(0, LabelStore.Max).Select(static i => ($"model {i}", "", 1L))),
            Cancellation);
        Assert.Equal((LabelStore.Max, LabelStore.Max, 0), (first.Count, labels.New.Count, book.Folded));

        var (second, none) = await book.FoldAsync(
            Segment(
                tenant, [("model 7", "", 2), ("new", "", 3), ("newer", "", 4), ("model 8", "someone", 5), ("", "", 6)]),
            Cancellation);

        Assert.Empty(none.New);
        Assert.Equal(3, book.Folded);
        Assert.Equal(
            [("", "", 6L), ("(other)", "", 7L), ("model 7", "", 2L), ("model 8", "(other)", 5L)],
            second.Select(static l => (l.Key.Model, l.Key.Member, l.Units)).Order());
        Assert.Equal(second.Select(static l => l.Key).Order(), second.Select(static l => l.Key));
    }

    [Fact]
    public async Task TheWordItself_MayBeALabelOfTheCaller_AndIsAddedUpWithTheRest()
    {
        var tenant = IdText.NewValue();
        await FillAsync(tenant, LabelStore.Max);

        var (lines, _) = await NewBook().FoldAsync(
            Segment(tenant, [(LabelStore.Other, "", 2), ("new", "", 3), ("newer", "", 4)]), Cancellation);

        Assert.Equal((LabelStore.Other, 9L), (lines.Single().Key.Model, lines.Single().Units));
    }

    [Fact]
    public async Task ModelsAndMembersOfAnotherNode_AreCountedToo_AndTenantsForThemselves()
    {
        var (full, other) = (IdText.NewValue(), IdText.NewValue());
        await FillAsync(full, LabelStore.Max - 1);

        var (lines, labels) = await NewBook().FoldAsync(
            new SumSegment
            {
                Sums =
                {
                    [Key(full, "one more", "label 3")] = (1, 0), [Key(full, "too many", "")] = (1, 0),
                    [Key(other, "free", "")] = (1, 0),
                },
            },
            Cancellation);

        Assert.Equal(
            [(full, "(other)"), (full, "one more"), (other, "free")],
            lines.Select(l => (l.Key.TenantId, l.Key.Model)).OrderBy(l => l.TenantId == other).ThenBy(l => l.Model));
        Assert.Equal(["free", "one more"], labels.New.Select(static l => l.Label).Order());
    }

    [Fact]
    public async Task ANewDay_BeginsWithNone()
    {
        var tenant = IdText.NewValue();
        await FillAsync(tenant, LabelStore.Max);
        var book = NewBook();
        await book.FoldAsync(Segment(tenant, [("new", "", 1)]), Cancellation);
        Assert.Equal(1, book.Folded);

        _time.Advance(2 * 86_400_000L);
        var (lines, labels) = await book.FoldAsync(Segment(tenant, [("new", "", 1)]), Cancellation);

        Assert.Equal(("new", new DateOnly(2026, 7, 17)), (lines.Single().Key.Model, labels.Day));
    }

    private LabelBook NewBook() => new(new LabelStore(store.Source), new ProcessClock(_time));

    private Task FillAsync(long tenant, int labels) => store.ExecuteAsync(
        $"""
         insert into usage_label (tenant_id, day, label)
         select {tenant}, '2026-07-15', 'label ' || n from generate_series(1, {labels}) n
         """);

    private static SumSegment Segment(long tenant, IEnumerable<(string Model, string Member, long Units)> sums)
    {
        var segment = new SumSegment();
        foreach (var (model, member, units) in sums)
            segment.Sums.Add(Key(tenant, model, member), (units, 0));
        return segment;
    }

    private static RollupKey Key(long tenant, string model, string member) =>
        new(tenant, TestClock.StartMs, 202607, 4, 2, 0, member, model, 3);
}
