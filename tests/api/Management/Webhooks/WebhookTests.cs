using System.Net;
using Sluice.Api.Tests.Webhooks;
using Xunit;

namespace Sluice.Api.Tests.Management.Webhooks;

/// <summary>Management of webhooks.</summary>
[Collection<SettingsNode>]
public sealed class WebhookTests(NodeHost host)
{
    private const string Url = "https://example.com/hooks";

    [Fact]
    public async Task Created_ItShowsItsSecretOnce()
    {
        var scene = await WebhookScene.CreateAsync(host);

        var made = await scene.AddAsync(Url, "limit.blocked", "limit.warning", "limit.blocked");

        Assert.Equal($"{scene.Path}/{made.String("id")}", made.Message.Headers.Location!.ToString());
        Assert.Matches("^whsec_[A-Za-z0-9+/]{43}=$", made.String("secret"));
        Assert.Equal("enabled", made.String("state"));
        Assert.Equal("operator", made.String("createdBy"));
        var shown = await scene.GetAsync(made);
        Assert.Equal(
            ["limit.blocked", "limit.warning"], shown["events"].EnumerateArray().Select(static e => e.GetString()!));
        Assert.Equal([shown.Text], (await scene.Api.GetAsync(scene.Path)).Items().Select(static w => w.GetRawText()));
        Assert.DoesNotContain("secret", shown.Text.Replace("previousSecretUntil", ""), StringComparison.Ordinal);
        Assert.DoesNotContain(made.String("secret"), host.Log.Text, StringComparison.Ordinal);
        Assert.Equal(0, await host.QueryAsync<int>(
            "select position($2::bytea in secret) from webhook where id = $1",
            Scene.IdOf(made.String("id")),
            Convert.FromBase64String(made.String("secret")["whsec_".Length..])));
    }

    [Fact]
    public async Task WhatBreaksARule_IsToldAtOnce()
    {
        var scene = await WebhookScene.CreateAsync(host);

        (await scene.Api.PostAsync(scene.Path, new { })).BreaksRules("url: required", "events: required");
        (await scene.Api.PostAsync(scene.Path, new { url = "http://example.com", events = new[] { "limit", null } }))
            .BreaksRules("url: url-scheme", "events[0]: event-unknown", "events[1]: event-unknown");
        (await scene.Api.PostAsync(scene.Path, new { url = Url, events = new string[50] }))
            .BreaksRules("events: too-many");
        (await scene.Api.PostAsync(scene.Path, new { url = "https://169.254.169.254/", events = new[] { "*" } }))
            .BreaksRules("url: url-private");
        var made = await scene.AddAsync(Url);
        (await scene.Api.PatchAsync(scene.PathOf(made), new { url = "https://[::1]/", events = Array.Empty<string>() }))
            .BreaksRules("url: url-private", "events: required");
    }

    [Fact]
    public async Task TheSameAddressTwice_NamesTheOther_UntilThatIsDeleted()
    {
        var scene = await WebhookScene.CreateAsync(host);
        var first = await scene.AddAsync(Url);
        var second = await scene.AddAsync($"{Url}/2");

        (await scene.Api.PostAsync(scene.Path, new { url = "HTTPS://EXAMPLE.com:443/hooks", events = new[] { "*" } }))
            .ConflictsWith(first.String("id"));
        (await scene.Api.PatchAsync(scene.PathOf(second), new { url = Url })).ConflictsWith(first.String("id"));
        (await scene.Api.DeleteAsync(scene.PathOf(first))).Is(HttpStatusCode.NoContent);
        (await scene.Api.PatchAsync(scene.PathOf(second), new { url = Url })).Is(HttpStatusCode.OK);

        // Another tenant's webhooks are not among them.
        await (await WebhookScene.CreateAsync(host)).AddAsync(Url);
    }

    [Fact]
    public async Task ATenant_HasAtMostTwenty()
    {
        var scene = await WebhookScene.CreateAsync(host);
        for (var i = 0; i < 20; i++)
            await scene.AddAsync($"{Url}/{i}");

        (await scene.Api.PostAsync(scene.Path, new { url = Url, events = new[] { "*" } }))
            .BreaksRules("url: too-many");
        var page = (await scene.Api.GetAsync($"{scene.Path}?limit=15")).Is(HttpStatusCode.OK);
        var rest = await scene.Api.GetAsync($"{scene.Path}?limit=15&after={page.String("next")}");
        Assert.Equal(20, page.Items().Concat(rest.Items())
            .Select(static w => w.GetProperty("id").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task SwitchedOff_NothingIsQueued_AndWhatWaitsIsCancelled()
    {
        var scene = await WebhookScene.CreateAsync(host);
        var made = await scene.AddAsync("https://localhost:1/");
        await scene.EmitAsync();
        await scene.DeliversAsync(made, "waiting");

        var off = (await scene.Api.PatchAsync(scene.PathOf(made), new { enabled = false })).Is(HttpStatusCode.OK);
        await scene.EmitAsync();

        Assert.Equal(("disabled", "switched-off"), (off.String("state"), off.String("disabledBecause")));
        Assert.Equal("cancelled", Assert.Single(await scene.LogAsync(made)).GetProperty("state").GetString());
        (await scene.Api.PostAsync($"{scene.PathOf(made)}/test")).ConflictsWith(made.String("id"));
        var on = (await scene.Api.PatchAsync(scene.PathOf(made), new { enabled = true })).Is(HttpStatusCode.OK);
        Assert.Equal("enabled", on.String("state"));
        Assert.Equal(0, on["failures"].GetInt32());
        await scene.EmitAsync();
        Assert.Equal(2, (await scene.LogAsync(made)).Count);
    }

    [Fact]
    public async Task Deleted_ItIsGone_AndWhatWaitedIsCancelled()
    {
        var scene = await WebhookScene.CreateAsync(host);
        var made = await scene.AddAsync("https://localhost:1/");
        await scene.EmitAsync();
        await scene.DeliversAsync(made, "waiting");

        (await scene.Api.DeleteAsync(scene.PathOf(made))).Is(HttpStatusCode.NoContent);

        foreach (var gone in new[]
        {
            await scene.Api.GetAsync(scene.PathOf(made)),
            await scene.Api.GetAsync($"{scene.PathOf(made)}/deliveries"),
            await scene.Api.DeleteAsync(scene.PathOf(made)),
            await scene.Api.PostAsync($"{scene.PathOf(made)}/test"),
            await scene.Api.PostAsync($"{scene.PathOf(made)}/rotate-secret"),
            await scene.Api.PatchAsync(scene.PathOf(made), new { enabled = true }),
        })
        {
            gone.IsProblem(HttpStatusCode.NotFound, "not-found");
        }

        Assert.Equal(3, await host.QueryAsync<short>(
            "select state from webhook_delivery where webhook_id = $1", Scene.IdOf(made.String("id"))));
    }

    [Fact]
    public async Task OfAnotherTenant_NothingCanBeSeen_EvenWithItsId()
    {
        var (mine, theirs) = (await WebhookScene.CreateAsync(host), await WebhookScene.CreateAsync(host));
        var made = await theirs.AddAsync(Url);

        foreach (var (method, path) in new[]
        {
            ("GET", ""), ("PATCH", ""), ("DELETE", ""), ("POST", "/test"), ("POST", "/rotate-secret"),
            ("GET", "/deliveries"),
        })
        {
            var body = method == "PATCH" ? "{\"enabled\": false}" : null;
            (await mine.Api.SendAsync(new HttpMethod(method), mine.PathOf(made) + path, body, null))
                .IsProblem(HttpStatusCode.NotFound, "not-found");
        }

        Assert.Equal("enabled", (await theirs.GetAsync(made)).String("state"));
    }

    [Fact]
    public async Task WhatIsDone_IsInTheAuditLog_WithoutSecrets()
    {
        var scene = await WebhookScene.CreateAsync(host);
        var made = await scene.AddAsync(Url);
        await scene.Api.PatchAsync(scene.PathOf(made), new { events = new[] { "limit.blocked" } });
        await scene.Api.PatchAsync(scene.PathOf(made), new { events = new[] { "limit.blocked" } });
        var rotated = (await scene.Api.PostAsync($"{scene.PathOf(made)}/rotate-secret")).Is(HttpStatusCode.OK);
        await scene.Api.PostAsync($"{scene.PathOf(made)}/test");
        await scene.Api.DeleteAsync(scene.PathOf(made));

        var audit = await scene.Api.GetAsync($"/api/v1/tenants/{scene.TenantId}/audit?action=webhook");

        Assert.Equal(
            ["webhook.deleted", "webhook.tested", "webhook.secret-rotated", "webhook.changed", "webhook.created"],
            audit.Texts("action"));
        Assert.All(audit.Texts("target"), target => Assert.Equal(made.String("id"), target));
        Assert.DoesNotContain(made.String("secret"), audit.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(rotated.String("secret"), audit.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARepeatedRequest_IsAnsweredTheSame_SecretIncluded()
    {
        var scene = await WebhookScene.CreateAsync(host);
        var key = Guid.NewGuid().ToString("n");

        var first = await scene.Api.PostAsync(scene.Path, new { url = Url, events = new[] { "*" } }, key);
        var again = await scene.Api.PostAsync(scene.Path, new { url = Url, events = new[] { "*" } }, key);

        Assert.Equal(first.Is(HttpStatusCode.Created).Text, again.Is(HttpStatusCode.Created).Text);
    }

    [Fact]
    public async Task ANameThatLeadsToThisMachine_IsNotConnectedTo()
    {
        await using var receiver = await Receiver.StartAsync();
        var scene = await WebhookScene.CreateAsync(host);
        var made = await scene.AddAsync(
            receiver.Url("/").Replace("http://127.0.0.1", "https://localhost", StringComparison.Ordinal));

        await scene.EmitAsync();
        var delivery = await scene.DeliversAsync(made, "waiting");

        Assert.StartsWith("The receiver could not be reached.", delivery.GetProperty("lastError").GetString());
        Assert.DoesNotContain("127.0.0.1", delivery.GetProperty("lastError").GetString());
        Assert.Empty(receiver.All);
    }
}
