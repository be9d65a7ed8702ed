using System.Net;
using System.Text.Json;
using Xunit;

namespace Sluice.Api.Tests.Management.Conditions;

/// <summary>Editors do not undo each other's changes, and readers get no answer that they have.</summary>
[Collection<SettingsNode>]
public sealed class ConditionTests(NodeHost host)
{
    private const string Stale = "\"of-before\"";

    private readonly ApiCaller _api = host.Operator();

    /// <summary>What is read, and how it is changed: twice, differently each time.</summary>
    private static readonly (string Get, string Method, string Path, string Change, string Other)[] Edited =
    [
        ("{tenant}", "PATCH", "{tenant}", """{"name": "One"}""", """{"name": "Two"}"""),
        ("{tenant}", "DELETE", "{tenant}", "", ""),
        ("{tenant}/settings", "PATCH", "{tenant}/settings", """{"language": "fr"}""", """{"name": "Two"}"""),
        ("{project}", "PATCH", "{project}", """{"name": "One"}""", """{"name": "Two"}"""),
        ("{project}", "DELETE", "{project}", "", ""),
        ("{tenant}/keys/{k}", "PATCH", "{project}/keys/{k}", """{"name": "one"}""", """{"name": "two"}"""),
        ("{tenant}/keys/{k}", "DELETE", "{project}/keys/{k}", "", ""),
        (
            "{tenant}/members/{m}", "PATCH", "{tenant}/members/{m}", """{"role": "administrator"}""",
            """{"email": "max@example.com"}"""),
        ("{tenant}/members/{m}", "DELETE", "{tenant}/members/{m}", "", ""),
        ("{tenant}/quota", "PUT", "{tenant}/quota", """{"amount": 1}""", """{"amount": 2}"""),
        (
            "{tenant}/limits/amount", "PUT", "{tenant}/limits/amount", """{"blocked": 1}""", """{"blocked": 2}"""),
        (
            "{project}/limits/amount", "PUT", "{project}/limits/amount", """{"blocked": 1}""", """{"blocked": 2}"""),
        (
            "{tenant}/keys/{k}/limits/text_tokens?period=day", "PUT", "{tenant}/keys/{k}/limits/text_tokens",
            """{"blocked": 1, "period": "day"}""", """{"blocked": 2, "period": "day"}"""),
        (
            "{tenant}/seats/{s}/limits/credits", "PUT", "{tenant}/seats/{s}/limits/credits",
            """{"warnings": [{"percent": 50}]}""", """{"warnings": [{"percent": 60}]}"""),
        (
            "{tenant}/usage-thresholds", "PUT", "{tenant}/usage-thresholds",
            """{"metrics": {"text_tokens": {"blocked": 1}, "requests": {"blocked": 3}}}""",
            """{"metrics": {"text_tokens": {"blocked": 2}}}"""),
        (
            "{tenant}/webhooks/{w}", "PATCH", "{tenant}/webhooks/{w}", """{"events": ["limit.blocked"]}""",
            """{"enabled": false}"""),
        ("{tenant}/webhooks/{w}", "DELETE", "{tenant}/webhooks/{w}", "", ""),
    ];

    public static TheoryData<string, string, string, string, string> Resources => [.. Edited];

    public static TheoryData<string> Reads => [.. Edited.Select(static resource => resource.Get).Distinct()];

    [Theory]
    [MemberData(nameof(Resources))]
    public async Task AChange_TakesTheTagOfWhatItsEditorHasSeen(
        string get, string method, string path, string change, string other)
    {
        var ids = await IdsAsync();
        var (read, write) = (Fill(get, ids), Fill(path, ids));
        var before = (await _api.GetAsync(read)).Is(HttpStatusCode.OK);
        var tag = TagOf(before);

        Refused(await SendAsync(method, write, change, Stale));
        Refused(await SendAsync(method, write, change, $"W/{tag}"));
        Assert.Equal(before.Text, (await _api.GetAsync(read)).Text);
        Assert.Equal(tag, TagOf(await _api.GetAsync(read)));

        Assert.True((await SendAsync(method, write, change, $"{Stale}, {tag}")).Message.IsSuccessStatusCode);

        if (method == "DELETE")
        {
            // Neither the same tag nor any deletes it again.
            (await SendAsync(method, write, change, tag)).IsProblem(HttpStatusCode.NotFound, "not-found");
            (await SendAsync(method, write, change, "*")).IsProblem(HttpStatusCode.NotFound, "not-found");
            return;
        }

        Refused(await SendAsync(method, write, other, tag));
        var next = TagOf(await _api.GetAsync(read));
        Assert.NotEqual(tag, next);
        Assert.True((await SendAsync(method, write, other, next)).Message.IsSuccessStatusCode);
        Assert.True((await SendAsync(method, write, change, "*")).Message.IsSuccessStatusCode);
        Assert.True((await SendAsync(method, write, other, null)).Message.IsSuccessStatusCode);
    }

    [Theory]
    [MemberData(nameof(Resources))]
    public async Task OfTwoEditorsWithTheSameTag_OneWins(
        string get, string method, string path, string change, string other)
    {
        var ids = await IdsAsync();
        var (read, write) = (Fill(get, ids), Fill(path, ids));
        var tag = TagOf(await _api.GetAsync(read));

        var answers = await Task.WhenAll(SendAsync(method, write, change, tag), SendAsync(method, write, other, tag));

        var lost = Assert.Single(answers, static answer => !answer.Message.IsSuccessStatusCode);
        if (method == "DELETE")
            lost.IsProblem(HttpStatusCode.NotFound, "not-found");
        else
            Refused(lost);
    }

    [Fact]
    public async Task APriceBook_IsComparedWithTheOneThatItReplaces()
    {
        await _api.PriceAsync("XTS", """[{"model": "*", "metric": "text_tokens", "per": 1, "amount": 1}]""");
        const string At = "2026-12-01T00:00:00Z";
        var tag = TagOf(await _api.GetAsync($"/api/v1/price-book?currency=XTS&at={At}"));

        var answers = await Task.WhenAll(PutAsync(2, tag), PutAsync(3, tag));

        Refused(Assert.Single(answers, static answer => !answer.Message.IsSuccessStatusCode));
        Refused(await PutAsync(4, tag));
        (await PutAsync(4, "*")).Is(HttpStatusCode.OK);

        Task<Answer> PutAsync(int amount, string ifMatch) => SendAsync(
            "PUT",
            "/api/v1/price-book",
            $$"""
            {"effectiveFrom": "{{At}}", "currency": "XTS", "prices": [
              {"model": "*", "metric": "text_tokens", "per": 1, "amount": {{amount}}}]}
            """,
            ifMatch);
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task AReaderWhoHasTheAnswer_GetsNoneAgain(string get)
    {
        var read = Fill(get, await IdsAsync());
        var tag = TagOf(await _api.GetAsync(read));

        var known = await ReadAsync(read, tag);

        Assert.Equal((HttpStatusCode.NotModified, ""), (known.Status, known.Text));
        Assert.Equal(tag, TagOf(known));
        Assert.Equal(HttpStatusCode.NotModified, (await ReadAsync(read, $"{Stale}, W/{tag}")).Status);
        Assert.Equal(HttpStatusCode.NotModified, (await ReadAsync(read, "*")).Status);
        (await ReadAsync(read, Stale)).Is(HttpStatusCode.OK);
        (await ReadAsync(read, "nonsense")).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task AKeyThatIsUsedInTheMeantime_CanBeEdited_ThoughItsAnswerIsAnotherOne()
    {
        var customer = await Customer.CreateAsync(host);
        var read = $"{customer.TenantPath}/keys/{customer.KeyId}";
        var tag = TagOf(await _api.GetAsync(read));

        await host.QueryAsync<int>("update api_key set last_used_at = now() where id = $1", Scene.IdOf(customer.KeyId));

        (await ReadAsync(read, tag)).Is(HttpStatusCode.OK);
        Assert.NotEqual(tag, TagOf(await _api.GetAsync(read)));
        (await SendAsync("PATCH", customer.KeyPath, """{"name": "renamed"}""", tag)).Is(HttpStatusCode.OK);
        Refused(await SendAsync("PATCH", customer.KeyPath, """{"name": "again"}""", tag));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("\"x")]
    [InlineData("")]
    [InlineData("*, \"x\" y")]
    public async Task AConditionThatIsNone_IsRefused_InsteadOfBeingLeftOut(string ifMatch)
    {
        var tenant = await _api.TenantPathAsync();

        (await SendAsync("PATCH", tenant, """{"name": "One"}""", ifMatch)).BreaksRules("If-Match: etag-form");
        Assert.Equal("Aurora", (await _api.GetAsync(tenant)).String("name"));
    }

    [Fact]
    public async Task ARepeat_IsAnsweredAsTheFirst_AlthoughTheTagIsOld()
    {
        var tenant = await _api.TenantPathAsync();
        var tag = TagOf(await _api.GetAsync(tenant));
        var key = Guid.NewGuid().ToString();

        var first = await ChangeAsync(key, tag);
        var again = await ChangeAsync(key, tag);

        Assert.Equal(first.Is(HttpStatusCode.OK).Text, again.Is(HttpStatusCode.OK).Text);
        // A refused change is not remembered: it may be repeated with the right tag.
        var other = Guid.NewGuid().ToString();
        Refused(await ChangeAsync(other, tag));
        (await ChangeAsync(other, TagOf(await _api.GetAsync(tenant)))).Is(HttpStatusCode.OK);

        Task<Answer> ChangeAsync(string idempotencyKey, string ifMatch) => _api.SendWithAsync(
            HttpMethod.Patch, tenant, new { name = "One" }, ("Idempotency-Key", idempotencyKey), ("If-Match", ifMatch));
    }

    [Fact]
    public async Task WhatTheCallerMayNotSee_IsNotThere_WhateverTheTag()
    {
        var owner = await Person.OwnerAsync(host);
        var member = await owner.HireAsync(host);
        var project = await owner.OpenProjectAsync(host);
        var limit = $"{owner.TenantPath}/keys/{project.Key}/limits/text_tokens";

        foreach (var tag in new[] { Stale, "*" })
        {
            (await member.Api.SendWithAsync(HttpMethod.Put, limit, """{"blocked": 1}""", ("If-Match", tag)))
                .IsProblem(HttpStatusCode.NotFound, "not-found");
        }
    }

    [Fact]
    public async Task TheDocument_HasTheConditions()
    {
        var paths = (await host.Anonymous().GetAsync("/openapi/v1.json")).Is(HttpStatusCode.OK)["paths"];
        var get = paths.GetProperty("/api/v1/tenants/{t}/quota").GetProperty("get");
        var put = paths.GetProperty("/api/v1/tenants/{t}/quota").GetProperty("put");

        Assert.Contains("If-None-Match", HeadersOf(get));
        Assert.Contains("If-Match", HeadersOf(put));
        Assert.DoesNotContain("If-Match", HeadersOf(get));
        foreach (var status in new[] { "200", "304" })
        {
            Assert.True(get.GetProperty("responses").GetProperty(status).GetProperty("headers")
                .TryGetProperty("ETag", out _));
        }

        Assert.True(put.GetProperty("responses").GetProperty("412").GetProperty("content")
            .TryGetProperty("application/problem+json", out _));
        var guarded = paths.EnumerateObject().SelectMany(static path => path.Value.EnumerateObject())
            .Count(static operation => HeadersOf(operation.Value).Contains("If-Match"));
        Assert.Equal(Edited.Length + 1, guarded);
    }

    private static List<string> HeadersOf(JsonElement operation) =>
        operation.TryGetProperty("parameters", out var parameters)
            ?
            [
                .. parameters.EnumerateArray().Where(static p => p.GetProperty("in").GetString() == "header")
                    .Select(static p => p.GetProperty("name").GetString()!),
            ]
            : [];

    private static string TagOf(Answer answer)
    {
        var tag = answer.Message.Headers.ETag!;
        Assert.False(tag.IsWeak);
        return tag.Tag;
    }

    private static void Refused(Answer answer)
    {
        answer.IsProblem(HttpStatusCode.PreconditionFailed, "changed");
        Assert.Contains("again", answer.String("detail"));
    }

    private static string Fill(string path, Dictionary<string, string> ids)
    {
        foreach (var (name, id) in ids)
            path = path.Replace($"{{{name}}}", id, StringComparison.Ordinal);
        return path;
    }

    private Task<Answer> SendAsync(string method, string path, string body, string? ifMatch) => _api.SendWithAsync(
        new HttpMethod(method), path, body.Length == 0 ? null : body, ("If-Match", ifMatch));

    private Task<Answer> ReadAsync(string path, string ifNoneMatch) =>
        _api.SendWithAsync(HttpMethod.Get, path, null, ("If-None-Match", ifNoneMatch));

    /// <summary>Creates a tenant with one of everything that can be edited.</summary>
    private async Task<Dictionary<string, string>> IdsAsync()
    {
        var customer = await (await Customer.CreateAsync(host)).AnotherProjectAsync();
        var tenant = customer.TenantPath;
        var member = (await _api.PostAsync($"{tenant}/members", new { userName = "max", role = "member" }))
            .Is(HttpStatusCode.Created);
        var expiresAt = host.Time.GetUtcNow().AddDays(60);
        var plan = new { plan = "team", seats = 1, creditsPerSeat = 5, expiresAt };
        var subscription = (await _api.PostAsync($"{tenant}/subscriptions", plan)).Is(HttpStatusCode.Created);
        var webhook = (await _api.PostAsync(
            $"{tenant}/webhooks", new { url = "https://example.org/hook", events = new[] { "*" } }))
            .Is(HttpStatusCode.Created);
        return new()
        {
            ["tenant"] = tenant,
            ["project"] = customer.ProjectPath,
            ["k"] = customer.KeyId,
            ["m"] = member.String("id"),
            ["s"] = subscription["seatIds"][0].GetString()!,
            ["w"] = webhook.String("id"),
        };
    }
}
