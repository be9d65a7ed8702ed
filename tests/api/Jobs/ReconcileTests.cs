using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Sluice.Api.Tests.Jobs;

public sealed class ReconcileTests(NodeHost host) : IClassFixture<NodeHost>
{
    [Fact]
    public async Task CountersAndSums_AreWhatTheLedgerAddsUpTo_AlsoWhileTrafficRuns()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 1_000_000);
        var drifts = new List<int>();
        for (var i = 0; i < 20; i++)
        {
            await Task.WhenAll(Enumerable.Range(1, 20).Select(n => customer.UseAsync(n)));
            drifts.Add((await ReconcileAsync(customer))["drifts"].GetInt32());
        }

        Assert.All(drifts, static drift => Assert.Equal(0, drift));
        await customer.SeesInLedgerAsync(20 * 210);
        var tokens = (await ReconcileAsync(customer))["items"].EnumerateArray()
            .Single(static item => item.GetProperty("metric").GetString() == "text_tokens");
        Assert.Equal(
            (4_200, 4_200, 4_200, 0, 0),
            (tokens.GetProperty("ledger").GetInt32(), tokens.GetProperty("counters").GetInt32(),
                tokens.GetProperty("sums").GetInt32(), tokens.GetProperty("counterDrift").GetInt32(),
                tokens.GetProperty("sumDrift").GetInt32()));
    }

    [Fact]
    public async Task WhatDiffers_IsShown_AndLogged()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.UseAsync(10);
        await customer.SeesInLedgerAsync(10);
        await host.QueryAsync<int>(
            """
            update usage_rollup set value = value + 3
            where tenant_id = $1 and metric = (select id from metric where name = 'text_tokens')
            """,
            Scene.IdOf(customer.TenantId));

        var found = await ReconcileAsync(customer);

        Assert.Equal(1, found["drifts"].GetInt32());
        Assert.Equal(
            3,
            found["items"].EnumerateArray().Single(static i => i.GetProperty("metric").GetString() == "text_tokens")
                .GetProperty("sumDrift").GetInt32());
        Assert.Empty(Gauge());
        Assert.True(await host.RunAsync("reconcile") > 0);
        Assert.Equal([("counters", 0), ("sums", 3)], Gauge());
        await host.QueryAsync<int>(
            "delete from usage_rollup where tenant_id = $1", Scene.IdOf(customer.TenantId));
    }

    [Fact]
    public async Task WrongQuestions_NameTheRule()
    {
        (await host.Operator().GetAsync("/api/v1/reconciliation?period=2026&tenant=x"))
            .BreaksRules("period: month-form", "tenant: id-form");
        (await host.Operator().GetAsync("/api/v1/reconciliation?period=2026-01")).Is(HttpStatusCode.OK);
    }

    /// <summary>Returns the values that a metrics collector would read now.</summary>
    private IReadOnlyList<(string Of, long Drift)> Gauge()
    {
        var read = new List<(string Of, long Drift)>();
        using var listener = new MeterListener();
        var meters = host.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name == "sluice.reconcile.drift" && instrument.Meter.Scope == meters)
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, drift, tags, _) => read.Add(((string)tags[0].Value!, drift)));
        listener.Start();
        listener.RecordObservableInstruments();
        return read;
    }

    private static async Task<Answer> ReconcileAsync(Customer customer) =>
        (await customer.Operator.GetAsync($"/api/v1/reconciliation?tenant={customer.TenantId}"))
        .Is(HttpStatusCode.OK);
}
