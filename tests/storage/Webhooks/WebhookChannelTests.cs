using Sluice.Metering.Identity;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Storage.Control;
using Sluice.Storage.Outbox.ThresholdEvents;
using Xunit;

namespace Sluice.Storage.Outbox.Webhooks;

/// <summary>Which deliveries follow from a threshold event, and their content.</summary>
public sealed class WebhookChannelTests(ControlDatabase database) : IClassFixture<ControlDatabase>, IAsyncLifetime
{
    private static readonly DateTimeOffset Now = WebhookDatabase.Now;

    private readonly WebhookDatabase _webhooks = new(database);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _webhooks.ClearAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task AThresholdEvent_IsToldToThoseWhoSubscribe_Once()
    {
        var (tenant, other) = (await _webhooks.AddTenantAsync(), await _webhooks.AddTenantAsync());
        var all = await _webhooks.AddWebhookAsync(tenant);
        var blocked = await _webhooks.AddWebhookAsync(tenant, "limit.resolved", "limit.blocked");
        await _webhooks.AddWebhookAsync(tenant, "limit.warning", "test");
        await _webhooks.AddWebhookAsync(other);
        var off = await _webhooks.AddWebhookAsync(tenant);
        await _webhooks.RunAsync(
            $"update webhook set disabled_at = now(), disabled_because = 'gone' where id = {off}");
        var row = await NoteAsync(tenant, ThresholdEventKind.Refused, LimitKind.Blocked);

        await WriteAsync(row);
        await WriteAsync(row);

        Assert.Equal(
            new[] { all, blocked }.Order(),
            await _webhooks.ColumnAsync<long>("select webhook_id from webhook_delivery order by webhook_id"));
        Assert.Equal(
            [$"msg_{row.Id} {row.Id} limit.blocked"],
            await _webhooks.ColumnAsync<string>(
                "select distinct concat_ws(' ', message_id, transition_id, event) from webhook_delivery"));
        var claimed = await _webhooks.ClaimAsync(Now);
        Assert.All(claimed, static d => Assert.True(d.Id > 0));
    }

    [Theory]
    [InlineData(ThresholdEventKind.Reached, LimitKind.Warning, "limit.warning")]
    [InlineData(ThresholdEventKind.Reached, LimitKind.Blocked, "limit.blocked")]
    [InlineData(ThresholdEventKind.Refused, LimitKind.Blocked, "limit.blocked")]
    [InlineData(ThresholdEventKind.Resolved, LimitKind.Blocked, "limit.resolved")]
    [InlineData(ThresholdEventKind.Resolved, LimitKind.Warning, "limit.resolved")]
    public async Task WhatHappened_NamesTheEvent(ThresholdEventKind kind, LimitKind limit, string expected)
    {
        var tenant = await _webhooks.AddTenantAsync();
        await _webhooks.AddWebhookAsync(tenant);

        await WriteAsync(await NoteAsync(tenant, kind, limit));

        Assert.Equal([expected], await _webhooks.ColumnAsync<string>("select event from webhook_delivery"));
        Assert.Equal(
            [expected], await _webhooks.ColumnAsync<string>("select body::jsonb ->> 'type' from webhook_delivery"));
    }

    [Fact]
    public async Task WithoutItsTransaction_NothingIsQueued()
    {
        var tenant = await _webhooks.AddTenantAsync();
        await _webhooks.AddWebhookAsync(tenant);
        var row = await NoteAsync(tenant, ThresholdEventKind.Reached, LimitKind.Warning);

        await using (var db = await database.Source.OpenConnectionAsync(Ct))
        {
            await using var tx = await db.BeginTransactionAsync(Ct);
            await _webhooks.Channel.WriteAsync(db, [row], Now, Ct);
            await tx.RollbackAsync(Ct);
        }

        Assert.Empty(await _webhooks.ColumnAsync<long>("select id from webhook_delivery"));
    }

    [Fact]
    public void TheBody_HasTheApisNames_AndExactAmounts()
    {
        var row = Row(7, 1, ThresholdEventKind.Refused, LimitKind.Blocked) with
        {
            Metric = MetricId.Amount.Value,
            ValueUnits = 9_007_199_254_740_993,
            UsedUnits = 1_500_000,
            RefusedUnits = 1,
        };

        Assert.Equal(
            """
            {"type":"limit.blocked","timestamp":"2026-11-20T03:00:00Z","data":{"tenantId":"t00000000001",
            "scope":"project","scopeId":"p00000000009","metric":"amount","kind":"blocked","source":"limit",
            "period":"2026-11","threshold":9007199254.740993,"usage":1.5,"refused":0.000001}}
            """.ReplaceLineEndings(""),
            WebhookBody.Of(row, MetricCatalogue.BuiltIn));
        Assert.EndsWith(
            "\"refused\":null}}",
            WebhookBody.Of(row with { Kind = ThresholdEventKind.Reached }, MetricCatalogue.BuiltIn));
    }

    private static ThresholdEventRow Row(long id, long tenant, ThresholdEventKind kind, LimitKind limit) => new()
    {
        Id = id,
        TenantId = tenant,
        Kind = kind,
        LimitId = 1,
        LimitKind = limit,
        Source = LimitSource.Limit,
        ValueUnits = 100,
        ScopeKind = ScopeKind.Project,
        ScopeId = 9,
        Metric = MetricId.TextTokens.Value,
        Period = PeriodKey.Month(2026, 11).Value,
        UsedUnits = 100,
        RefusedUnits = 0,
        At = Now,
        Recipients = [],
    };

    private async Task<ThresholdEventRow> NoteAsync(long tenant, ThresholdEventKind kind, LimitKind limit)
    {
        var id = await _webhooks.ColumnAsync<long>(
            $"""
            insert into transition
              (tenant_id, kind, limit_id, limit_kind, source, value, scope_kind, scope_id, metric, period, used,
               refused, at)
            values ({tenant}, {(int)kind}, {IdText.NewValue()}, {(int)limit}, 1, 100, 1, 9, 3, 202611, 100, 0, now())
            returning id
            """);
        return Row(id[0], tenant, kind, limit);
    }

    private async Task WriteAsync(ThresholdEventRow row)
    {
        await using var db = await database.Source.OpenConnectionAsync(Ct);
        await using var tx = await db.BeginTransactionAsync(Ct);
        await _webhooks.Channel.WriteAsync(db, [row], Now, Ct);
        await tx.CommitAsync(Ct);
    }
}
