using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;
using Xunit;

namespace Sluice.Storage.Ledger;

/// <summary>Usage by months of admission, holders and models.</summary>
public sealed class MonthTotalTests(MeteringDatabase database) : IClassFixture<MeteringDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Keys of a project are one holder; a personal key and that of a seat are one each.</summary>
    [Fact]
    public async Task Totals_AreByHolderAndModel_InRowsOfEachSession()
    {
        var tenant = IdText.NewValue();
        var (one, two) = (await database.OpenSessionAsync(), await database.OpenSessionAsync());

        await database.AddSumsAsync(
            one, 0, 1,
            Line(tenant, 1, key: 4, project: 7), Line(tenant, 10, key: 5, project: 7),
            Line(tenant, 100, key: 4, project: 7, model: "m"), Line(tenant, 1_000, key: 6),
            Line(tenant, 10_000, key: 8, project: 7, seat: 9, unpriced: 3));
        await database.AddSumsAsync(one, 1, 2, Line(tenant, 2, key: 5, project: 7));
        await database.AddSumsAsync(two, 0, 1, Line(tenant, 4, key: 4, project: 7));

        Assert.Equal(
            [
                $"{one.Value}|0|0|6||1000|0", $"{one.Value}|7|0|0||13|0", $"{one.Value}|7|0|0|m|100|0",
                $"{one.Value}|7|9|8||10000|3", $"{two.Value}|7|0|0||4|0",
            ],
            await TotalsAsync(tenant));
    }

    [Fact]
    public async Task TheSettlementOfASession_MovesItsTotals_WithWhatTheLedgerHasBeyondThem_Once()
    {
        var tenant = IdText.NewValue();
        var (dead, live) = (await database.OpenSessionAsync(), await database.OpenSessionAsync());
        await database.AddSumsAsync(live, 0, 1, Line(tenant, 5, key: 4));
        await database.WriteAsync(
            dead, 1, [SampleEntry.New(tenant, units: 30), SampleEntry.New(tenant, units: 12)],
            new Checkpoint([], Full: true));
        await database.AddSumsAsync(dead, 0, 1, Line(tenant, 42, key: 4));
        await database.WriteAsync(dead, 2, [SampleEntry.New(tenant, units: 8)], new Checkpoint([], Full: true));
        await database.Sessions.FenceAsync(dead, Cancellation);

        await database.Sessions.SettleAsync(dead, Cancellation);
        await database.Sessions.SettleAsync(dead, Cancellation);

        Assert.Equal(["0|0|0|4||50|0", $"{live.Value}|0|0|4||5|0"], await TotalsAsync(tenant));

        await database.Sessions.FenceAsync(live, Cancellation);
        await database.Sessions.SettleAsync(live, Cancellation);
        Assert.Equal(["0|0|0|4||55|0"], await TotalsAsync(tenant));
    }

    private static RollupLine Line(
        long tenant, long units, long key, long project = 0, long seat = 0, string model = "", long unpriced = 0) =>
        new(
            new RollupKey(
                tenant, MeteringDatabase.NowMs, 202607, key, project, seat, "", model, MetricId.TextTokens.Value),
            units,
            unpriced);

    private Task<IReadOnlyList<string>> TotalsAsync(long tenant) => database.RowsAsync(
        $"""
         select session_id, project_id, seat_id, key_id, model, value, unpriced from usage_month
         where tenant_id = {tenant} and metric = 3 and month = 202607
         order by session_id, project_id, seat_id, key_id, model
         """);
}
