using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;
using Xunit;

namespace Sluice.Storage.Ledger;

/// <summary>Usage by days of the tenant's zone.</summary>
public sealed class DaySumTests(MeteringDatabase database) : IClassFixture<MeteringDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Paris, on the day of 25 hours on which clocks are put back: 22:00Z to 23:00Z of the next day.</summary>
    [Fact]
    public async Task Sums_AreThoseOfTheTenantsDays_OverSegmentsAndSessions()
    {
        var tenant = await TenantAsync("Europe/Paris");
        var (one, two) = (await database.OpenSessionAsync(), await database.OpenSessionAsync());

        await database.AddSumsAsync(
            one, 0, 1, Line(tenant, "2026-10-24T21:45Z", 1), Line(tenant, "2026-10-24T22:00Z", 10),
            Line(tenant, "2026-10-25T00:30Z", 100));
        await database.AddSumsAsync(one, 1, 2, Line(tenant, "2026-10-25T22:45Z", 1_000, unpriced: 7));
        await database.AddSumsAsync(
            two, 0, 1, Line(tenant, "2026-10-25T01:30Z", 5), Line(tenant, "2026-10-25T23:00Z", 10_000));

        Assert.Equal(
            ["2026-10-24|1|0", "2026-10-25|1115|7", "2026-10-26|10000|0"],
            await DaysAsync(tenant));
    }

    [Fact]
    public async Task AnUnknownTenant_HasTheDaysOfUtc()
    {
        var tenant = IdText.NewValue();

        await database.AddSumsAsync(
            await database.OpenSessionAsync(), 0, 1, Line(tenant, "2026-10-24T23:45Z", 1),
            Line(tenant, "2026-10-25T00:00Z", 2));

        Assert.Equal(["2026-10-24|1|0", "2026-10-25|2|0"], await DaysAsync(tenant));
    }

    /// <summary>At 00:00Z it is the evening before in New York.</summary>
    [Fact]
    public async Task WhatADeadSessionLeaves_IsAddedToItsDay_Once()
    {
        var tenant = await TenantAsync("America/New_York");
        var session = await database.OpenSessionAsync();
        await database.WriteAsync(
            session, 1, [SampleEntry.New(tenant, units: 30), SampleEntry.New(tenant, units: 12)],
            new Checkpoint([], Full: true));
        await database.Sessions.FenceAsync(session, Cancellation);

        await database.Sessions.SettleAsync(session, Cancellation);
        await database.Sessions.SettleAsync(session, Cancellation);

        Assert.Equal(["2026-07-14|42|0"], await DaysAsync(tenant));
    }

    private static RollupLine Line(long tenant, string bucket, long units, long unpriced = 0) => new(
        new RollupKey(
            tenant, DateTimeOffset.Parse(bucket).ToUnixTimeMilliseconds(), 202610, 4, 0, 0, "", "",
            MetricId.TextTokens.Value),
        units,
        unpriced);

    private async Task<long> TenantAsync(string zone)
    {
        var id = IdText.NewValue();
        await database.ExecuteAsync(
            $"""
             insert into tenant
               (id, name, billing_account_id, time_zone, language, currency, state, created_at, changed_at)
             values ({id}, 'Acme', 'acme-{id}', '{zone}', 'en', 'EUR', 0, now(), now())
             """);
        return id;
    }

    private Task<IReadOnlyList<string>> DaysAsync(long tenant) => database.RowsAsync(
        $"""
         select day::text, sum(value), sum(unpriced) from usage_day where tenant_id = {tenant} and metric = 3
         group by day order by day
         """);
}
