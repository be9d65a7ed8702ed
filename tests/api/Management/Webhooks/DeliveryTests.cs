using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Sluice.Api.Tests.Webhooks;
using Sluice.Storage.Outbox.Webhooks;
using Xunit;

namespace Sluice.Api.Tests.Management.Webhooks;

/// <summary>Deliveries, to a receiver that listens on this machine.</summary>
public sealed class DeliveryTests(PrivateHost host) : IClassFixture<PrivateHost>, IAsyncLifetime
{
    private Receiver _receiver = null!;

    public async ValueTask InitializeAsync() => _receiver = await Receiver.StartAsync();

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Fact]
    public async Task ATest_ArrivesSigned_AndStandsInTheLog()
    {
        var scene = await WebhookScene.CreateAsync(host);
        var made = await scene.AddAsync(_receiver.Url("/a?b=c"), "limit.blocked");

        var queued = (await scene.Api.PostAsync($"{scene.PathOf(made)}/test")).Is(HttpStatusCode.Created);
        var logged = await scene.DeliversAsync(made, "delivered");

        var received = Assert.Single(_receiver.At("/a"));
        Assert.Equal("POST", received.Method);
        Assert.Equal(1, received.SignaturesOf(made.String("secret")));
        Assert.Equal("application/json", received.Headers["content-type"]);
        Assert.DoesNotContain("traceparent", received.Headers.Keys);
        Assert.Equal(queued.String("messageId"), received.MessageId);
        Assert.Equal("test", received.Json.GetProperty("type").GetString());
        var data = received.Json.GetProperty("data");
        Assert.Equal(scene.TenantId, data.GetProperty("tenantId").GetString());
        Assert.Equal(made.String("id"), data.GetProperty("webhookId").GetString());
        var now = host.Time.GetUtcNow().ToUnixTimeSeconds();
        Assert.InRange(long.Parse(received.Headers["webhook-timestamp"]), now - 60, now);
        Assert.Equal(queued.String("id"), logged.GetProperty("id").GetString());
        Assert.Equal(204, logged.GetProperty("lastStatus").GetInt32());
        Assert.Equal(JsonValueKind.Null, logged.GetProperty("lastError").ValueKind);
        Assert.Equal(JsonValueKind.Null, logged.GetProperty("nextAttemptAt").ValueKind);
    }

    [Fact]
    public async Task ATestThatFails_IsNotTriedAgain()
    {
        var scene = await WebhookScene.CreateAsync(host);
        _receiver.Answers("/a", 503);
        var made = await scene.AddAsync(_receiver.Url("/a"));

        await scene.Api.PostAsync($"{scene.PathOf(made)}/test");

        Assert.Equal(503, (await scene.DeliversAsync(made, "dead")).GetProperty("lastStatus").GetInt32());
    }

    [Fact]
    public async Task WhileATestIsUnderWay_ThereIsNoOther()
    {
        var scene = await WebhookScene.CreateAsync(host);
        var gate = _receiver.Holds("/a");
        var made = await scene.AddAsync(_receiver.Url("/a"));
        var queued = (await scene.Api.PostAsync($"{scene.PathOf(made)}/test")).Is(HttpStatusCode.Created);
        var run = scene.RunAsync();
        Assert.Equal(1, await Eventually.IsAsync(() => Task.FromResult(_receiver.All.Count), 1));

        (await scene.Api.PostAsync($"{scene.PathOf(made)}/test")).ConflictsWith(queued.String("id"));

        gate.SetResult();
        await run;
        await scene.DeliversAsync(made, "delivered");
    }

    [Fact]
    public async Task OnlyWhatWasSubscribedTo_IsSent()
    {
        var scene = await WebhookScene.CreateAsync(host);
        var blocked = await scene.AddAsync(_receiver.Url("/blocked"), "limit.blocked", "limit.resolved");
        var all = await scene.AddAsync(_receiver.Url("/all"));

        await scene.EmitAsync(WebhookEvents.LimitWarning);
        await scene.EmitAsync();
        await scene.EmitAsync(WebhookEvents.StatementClosed);
        await scene.EmitAsync(WebhookEvents.LimitResolved);
        await scene.DeliversAsync(blocked, "delivered");
        await scene.DeliversAsync(all, "delivered");

        Assert.Equal(["limit.blocked", "limit.resolved"], _receiver.At("/blocked").Select(TypeOf));
        Assert.Equal(
            ["limit.warning", "limit.blocked", "statement.closed", "limit.resolved"],
            _receiver.At("/all").Select(TypeOf));
        Assert.Equal(2, (await scene.LogAsync(blocked)).Count);
    }

    [Fact]
    public async Task AfterAFailure_TheSameMessageIsSentAgain_AndSignedAnew()
    {
        var scene = await WebhookScene.CreateAsync(host);
        var statuses = new Queue<int>([500, 200]);
        _receiver.Answers("/a", async http =>
        {
            http.Response.StatusCode = statuses.Dequeue();
            await http.Response.WriteAsync(new string('x', 5_000) + "\0");
        });
        var made = await scene.AddAsync(_receiver.Url("/a"));
        await scene.EmitAsync();

        var failed = await scene.DeliversAsync(made, "waiting");
        host.Time.Turn(TimeSpan.FromSeconds(10));
        await scene.DeliversAsync(made, "delivered", attempts: 2);

        Assert.Equal(500, failed.GetProperty("lastStatus").GetInt32());
        Assert.Equal($"HTTP 500. {new string('x', 190)}", failed.GetProperty("lastError").GetString());
        var next = failed.GetProperty("nextAttemptAt").GetDateTimeOffset();
        Assert.InRange(
            (next - failed.GetProperty("triedAt").GetDateTimeOffset()).TotalSeconds, 3.9, 6 + 10);
        var (first, second) = (_receiver.All[0], _receiver.All[1]);
        Assert.Equal((first.MessageId, first.Body), (second.MessageId, second.Body));
        Assert.NotEqual(first.Headers["webhook-timestamp"], second.Headers["webhook-timestamp"]);
        Assert.Equal((1, 1), (first.SignaturesOf(made.String("secret")), second.SignaturesOf(made.String("secret"))));
        Assert.Equal(0, (await scene.GetAsync(made))["failures"].GetInt32());
    }

    [Fact]
    public async Task WhatIsGone_IsDisabledAtOnce_AndCanBeSwitchedOnAgain()
    {
        var scene = await WebhookScene.CreateAsync(host);
        _receiver.Answers("/a", 410);
        var made = await scene.AddAsync(_receiver.Url("/a"));
        await scene.EmitAsync(times: 7);

        var disabled = await Eventually.BecomesAsync(
            async () =>
            {
                await scene.RunAsync();
                return await scene.GetAsync(made);
            },
            static shown => shown.String("state") == "disabled");

        Assert.Equal("gone", disabled.String("disabledBecause"));
        Assert.Single(_receiver.All);
        Assert.Equal(
            ["cancelled", "dead"],
            (await scene.LogAsync(made)).Select(static d => d.GetProperty("state").GetString()!).Distinct().Order());
        var audit = await scene.Api.GetAsync($"/api/v1/tenants/{scene.TenantId}/audit?action=webhook.disabled");
        Assert.Equal(["system"], audit.Texts("actor"));

        _receiver.Answers("/a", 200);
        (await scene.Api.PatchAsync(scene.PathOf(made), new { enabled = true })).Is(HttpStatusCode.OK);
        await scene.EmitAsync();
        await scene.DeliversAsync(made, "delivered");
    }

    [Fact]
    public async Task ARedirect_IsAFailure_AndNotFollowed()
    {
        var scene = await WebhookScene.CreateAsync(host);
        _receiver.Answers("/a", http =>
        {
            http.Response.Redirect("/b", permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        });
        var made = await scene.AddAsync(_receiver.Url("/a"));
        await scene.EmitAsync();

        Assert.Equal(307, (await scene.DeliversAsync(made, "waiting")).GetProperty("lastStatus").GetInt32());
        Assert.Equal(["/a"], _receiver.All.Select(static received => received.Path));
    }

    [Fact]
    public async Task ASlowReceiver_HoldsNobodyUp_NotEvenThoseThatComeLater()
    {
        var scene = await WebhookScene.CreateAsync(host);
        var gate = _receiver.Holds("/slow");
        var slow = await scene.AddAsync(_receiver.Url("/slow"));
        var fast = await scene.AddAsync(_receiver.Url("/fast"));
        await scene.EmitAsync();

        var run = scene.RunAsync();
        Assert.Equal(1, await Eventually.IsAsync(() => Task.FromResult(_receiver.At("/slow").Count), 1));
        await scene.EmitAsync();
        Assert.Equal(2, await Eventually.IsAsync(() => Task.FromResult(_receiver.At("/fast").Count), 2));

        Assert.Single(_receiver.At("/slow"));
        Assert.All(
            await scene.LogAsync(slow), static d => Assert.Equal("waiting", d.GetProperty("state").GetString()));
        gate.SetResult();
        await run;
        await scene.DeliversAsync(slow, "delivered");
        await scene.DeliversAsync(fast, "delivered");
    }

    [Fact]
    public async Task WhatANodeWasSendingWhenItWasStopped_IsSentByTheNext()
    {
        var scene = await WebhookScene.CreateAsync(host);
        var gate = _receiver.Holds("/a");
        var made = await scene.AddAsync(_receiver.Url("/a"));
        await scene.EmitAsync(times: 3);
        using var stop = new CancellationTokenSource();
        var run = scene.RunAsync(stop.Token);
        Assert.Equal(1, await Eventually.IsAsync(() => Task.FromResult(_receiver.All.Count), 1));

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        gate.SetResult();
        await Eventually.BecomesAsync(
            async () =>
            {
                await scene.RunAsync();
                return await scene.LogAsync(made);
            },
            static log => log.All(static d => d.GetProperty("state").GetString() == "delivered"));

        Assert.All(
            await scene.LogAsync(made), static d => Assert.Equal(1, d.GetProperty("attempts").GetInt32()));
        Assert.Equal(3, _receiver.All.Select(static received => received.MessageId).Distinct().Count());
    }

    [Fact]
    public async Task TwoWhoSend_ShareTheWork_AndNothingIsSentTwice()
    {
        const int Messages = 30;
        var scene = await WebhookScene.CreateAsync(host);
        string[] paths = ["/1", "/2", "/3"];
        var made = new List<Answer>();
        foreach (var path in paths)
            made.Add(await scene.AddAsync(_receiver.Url(path)));
        await scene.EmitAsync(times: Messages);

        await Task.WhenAll(scene.RunAsync(), scene.RunAsync());

        foreach (var webhook in made)
            await scene.DeliversAsync(webhook, "delivered");
        foreach (var path in paths)
        {
            Assert.Equal(
                Messages, _receiver.At(path).Select(static received => received.MessageId).Distinct().Count());
        }

        Assert.Equal(paths.Length * Messages, _receiver.All.Count);
    }

    [Fact]
    public async Task ForADay_BothSecretsSign_ThenTheNewOneAlone()
    {
        var scene = await WebhookScene.CreateAsync(host);
        var made = await scene.AddAsync(_receiver.Url("/a"));
        var rotated = (await scene.Api.PostAsync($"{scene.PathOf(made)}/rotate-secret")).Is(HttpStatusCode.OK);

        await scene.EmitAsync();
        await scene.DeliversAsync(made, "delivered");
        host.Time.Turn(TimeSpan.FromHours(25));
        await scene.EmitAsync();
        Assert.Equal(2, await Eventually.IsAsync(
            async () =>
            {
                await scene.RunAsync();
                return _receiver.All.Count;
            },
            2));

        Assert.NotEqual(made.String("secret"), rotated.String("secret"));
        Assert.Equal(
            [(1, 1), (0, 1)],
            _receiver.All.Select(received => (
                received.SignaturesOf(made.String("secret")), received.SignaturesOf(rotated.String("secret")))));
        Assert.Equal(JsonValueKind.Null, (await scene.GetAsync(made))["previousSecretUntil"].ValueKind);
    }

    [Fact]
    public async Task WhatAlwaysFails_IsGivenUp()
    {
        var scene = await WebhookScene.CreateAsync(host);
        _receiver.Answers("/a", 500);
        var made = await scene.AddAsync(_receiver.Url("/a"));
        await scene.EmitAsync();

        for (var attempt = 1; attempt < WebhookBounds.AttemptsMax; attempt++)
        {
            var waiting = await scene.DeliversAsync(made, "waiting", attempt);
            host.Time.Turn(
                waiting.GetProperty("nextAttemptAt").GetDateTimeOffset() - host.Time.GetUtcNow()
                + TimeSpan.FromMilliseconds(1));
        }

        await scene.DeliversAsync(made, "dead", WebhookBounds.AttemptsMax);
        var shown = await scene.GetAsync(made);
        Assert.Equal("enabled", shown.String("state"));
        Assert.Equal(WebhookBounds.AttemptsMax, shown["failures"].GetInt32());
        Assert.Single(_receiver.All.Select(static received => received.MessageId).Distinct());
    }

    [Fact]
    public async Task AfterFiveDaysOfNothingButFailures_AWebhookIsDisabled()
    {
        var scene = await WebhookScene.CreateAsync(host);
        _receiver.Answers("/a", 500);
        var made = await scene.AddAsync(_receiver.Url("/a"));
        await scene.EmitAsync();

        for (var attempt = 1; attempt <= 5; attempt++)
        {
            await scene.DeliversAsync(made, "waiting", attempt);
            host.Time.Turn(TimeSpan.FromHours(26));
        }

        // The sixth attempt is made 130 hours after the first.
        await scene.DeliversAsync(made, "cancelled", attempts: 6);
        Assert.Equal("failing", (await scene.GetAsync(made)).String("disabledBecause"));
    }

    private static string? TypeOf(Receiver.Received received) => received.Json.GetProperty("type").GetString();
}
