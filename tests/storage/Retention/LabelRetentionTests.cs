using Sluice.Metering.Identity;
using Sluice.Storage.Ledger;
using Xunit;

namespace Sluice.Storage.Reports.Retention;

public sealed class LabelRetentionTests(MeteringDatabase database) : IClassFixture<MeteringDatabase>
{
    [Fact]
    public async Task LabelsOfDaysThatAreOver_AreDeleted_HoweverMany_AndNoOthers()
    {
        const int Many = 12_000;
        var tenant = IdText.NewValue();
        await database.ExecuteAsync(
            $"""
             insert into usage_label (tenant_id, day, label)
             select {tenant}, '2026-07-13', 'label ' || n from generate_series(1, {Many}) n
             union all values ({tenant}, '2026-07-14'::date, 'yesterday'), ({tenant}, '2026-07-15'::date, 'today')
             """);
        var store = new RetentionStore(database.Source, database.Partitions);
        var now = DateTimeOffset.FromUnixTimeMilliseconds(MeteringDatabase.NowMs);

        Assert.Equal(Many, await store.DeleteLabelsAsync(now, TestContext.Current.CancellationToken));
        Assert.Equal(0, await store.DeleteLabelsAsync(now, TestContext.Current.CancellationToken));

        Assert.Equal(
            ["today", "yesterday"],
            await database.RowsAsync($"select label from usage_label where tenant_id = {tenant} order by 1"));
    }
}
