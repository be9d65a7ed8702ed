using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Sluice.Api.Jobs;
using Sluice.Storage.Outbox.Webhooks;
using Xunit;

namespace Sluice.Api.Tests.Management.Webhooks;

/// <summary>A tenant with webhooks, and the calls that tests make for them.</summary>
internal sealed class WebhookScene
{
    private static int _messages;

    private readonly NodeHost _host;
    private readonly long _tenant;

    private WebhookScene(NodeHost host, string tenantId)
    {
        _host = host;
        _tenant = Scene.IdOf(tenantId);
        Path = $"/api/v1/tenants/{tenantId}/webhooks";
        TenantId = tenantId;
        Api = host.Operator();
    }

    public string TenantId { get; }

    public string Path { get; }

    public ApiCaller Api { get; }

    public static async Task<WebhookScene> CreateAsync(NodeHost host) =>
        new(host, (await host.Operator().TenantAsync()).String("id"));

    public async Task<Answer> AddAsync(string url, params string[] events) =>
        (await Api.PostAsync(Path, new { url, events = events.Length == 0 ? ["*"] : events }))
        .Is(HttpStatusCode.Created);

    /// <summary>Queues an event for the tenant's webhooks; returns the id of the message.</summary>
    public async Task<string> EmitAsync(string name = WebhookEvents.LimitBlocked, int times = 1)
    {
        var messages = Enumerable.Range(0, times)
            .Select(_ => $"msg_{Interlocked.Increment(ref _messages)}")
            .Select(id => new WebhookMessage(_tenant, name, id, null, $$"""{"type":"{{name}}","n":"{{id}}"}"""))
            .ToList();
        await using var db = await _host.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        await WebhookChannel.QueueAsync(db, messages, _host.Time.GetUtcNow(), TestContext.Current.CancellationToken);
        return messages[^1].MessageId;
    }

    /// <summary>Sends the deliveries that are due.</summary>
    public Task<long> RunAsync() => RunAsync(TestContext.Current.CancellationToken);

    public Task<long> RunAsync(CancellationToken ct) => JobOf(_host).RunAsync(ct);

    /// <summary>Runs the job until the newest delivery of a webhook is in a state, and asserts that it is.</summary>
    public async Task<JsonElement> DeliversAsync(Answer webhook, string state, int attempts = 1)
    {
        var newest = await Eventually.BecomesAsync(
            async () =>
            {
                await RunAsync();
                return (await LogAsync(webhook))[0];
            },
            found => StateOf(found) == (state, attempts));
        Assert.Equal((state, attempts), StateOf(newest));
        return newest;
    }

    public async Task<IReadOnlyList<JsonElement>> LogAsync(Answer webhook) =>
        (await Api.GetAsync($"{PathOf(webhook)}/deliveries")).Items();

    public async Task<Answer> GetAsync(Answer webhook) => (await Api.GetAsync(PathOf(webhook))).Is(HttpStatusCode.OK);

    public string PathOf(Answer webhook) => $"{Path}/{webhook.String("id")}";

    private static (string? State, int Attempts) StateOf(JsonElement delivery) =>
        (delivery.GetProperty("state").GetString(), delivery.GetProperty("attempts").GetInt32());

    private static IJobWork JobOf(NodeHost host) =>
        host.Services.GetServices<IJobWork>().Single(static work => work.Name == "webhooks");
}
