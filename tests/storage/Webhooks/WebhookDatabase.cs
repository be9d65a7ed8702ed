using Sluice.Metering.Identity;
using Sluice.Storage.Control;
using Sluice.Storage.Control.Metrics;
using Xunit;

namespace Sluice.Storage.Outbox.Webhooks;

/// <summary>Tenants with webhooks, as rows, and the means to queue and claim deliveries.</summary>
internal sealed class WebhookDatabase(ControlDatabase database)
{
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 3, 0, 0, TimeSpan.Zero);

    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    public WebhookQueue Queue { get; } = new(database.Source, TimeProvider.System);

    public WebhookChannel Channel { get; } = new(new MetricStore(database.Source));

    public async Task<long> AddTenantAsync()
    {
        var id = IdText.NewValue();
        await RunAsync($"insert into tenant values ({id}, 'T', 'b{id}', 'Asia/Tokyo', 'en', 'JPY', 0, now(), now())");
        return id;
    }

    public async Task<long> AddWebhookAsync(long tenant, params string[] events)
    {
        var id = IdText.NewValue();
        var list = string.Join(',', events.Length == 0 ? ["*"] : events);
        await RunAsync(
            $$"""
            insert into webhook (id, tenant_id, url, events, secret, created_by, created_at)
            values ({{id}}, {{tenant}}, 'https://example.com/{{id}}', '{{{list}}}', '\x01', 'operator', now())
            """);
        return id;
    }

    /// <summary>Queues messages for a tenant, all due at the same instant.</summary>
    public async Task QueueAsync(long tenant, int count, DateTimeOffset dueAt)
    {
        await using var db = await database.Source.OpenConnectionAsync(Ct);
        var messages = Enumerable.Range(0, count).Select(_ => new WebhookMessage(
            tenant, WebhookEvents.LimitBlocked, $"msg_{IdText.NewValue()}", null, "{}"));
        await WebhookChannel.QueueAsync(db, [.. messages], dueAt, Ct);
    }

    public Task<IReadOnlyList<DueDelivery>> ClaimAsync(DateTimeOffset now, int webhooksMax = 100, params long[] busy) =>
        Queue.ClaimAsync(busy, webhooksMax, now, Ct);

    public Task<IReadOnlyList<T>> ColumnAsync<T>(string sql) => database.ColumnAsync<T>(sql);

    public async Task RunAsync(string sql)
    {
        await using var command = database.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }

    public Task ClearAsync() => RunAsync("delete from webhook_delivery");

    public static DeliveryEnd Delivered(DateTimeOffset at) => new(at, at, 204, null, null, false);

    public static DeliveryEnd Failed(DateTimeOffset at, TimeSpan? retry) => new(at, at, 500, "no", at + retry, false);
}
