using System.Net;
using Sluice.Api.Actions;
using Xunit;

namespace Sluice.Api.Tests.Management;

public sealed class IdempotencyTests(NodeHost host) : IClassFixture<NodeHost>
{
    private readonly ApiCaller _api = host.Operator();

    [Fact]
    public async Task TheSameRequestWithTheSameKey_IsDoneOnce_AndAnsweredTheSame()
    {
        var request = Scene.TenantRequest();

        var first = await _api.PostAsync("/api/v1/tenants", request, "once");
        var second = await _api.PostAsync("/api/v1/tenants", request, "once");

        Assert.Equal(HttpStatusCode.Created, first.Status);
        Assert.Equal(HttpStatusCode.Created, second.Status);
        Assert.Equal(first.Text, second.Text);
        Assert.Equal(first.Message.Headers.Location, second.Message.Headers.Location);
        Assert.Equal(first.ContentType, second.ContentType);
    }

    [Fact]
    public async Task TheSameRequestsAtOnce_AreDoneOnce_AndTheOthersWaitForItsAnswer()
    {
        var request = Scene.TenantRequest();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            _api.PostAsync("/api/v1/tenants", request, "once-at-once")));

        Assert.All(answers, static answer => answer.Is(HttpStatusCode.Created));
        Assert.Single(answers.Select(static answer => answer.Text).Distinct());
    }

    [Fact]
    public async Task TheSameKeyWithAnotherBodyOrAddress_IsRefused()
    {
        var tenant = await _api.TenantPathAsync();
        await _api.PostAsync($"{tenant}/projects", new { name = "Search" }, "reused");

        (await _api.PostAsync($"{tenant}/projects", new { name = "Find" }, "reused"))
            .IsProblem(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        (await _api.PostAsync("/api/v1/metrics", new { name = "search" }, "reused"))
            .IsProblem(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        Assert.Equal(2, (await _api.GetAsync($"{tenant}/projects"))["items"].GetArrayLength());
    }

    [Fact]
    public async Task ARefusedRequest_IsNotRemembered_SoThatItCanBeCorrected()
    {
        var tenant = await _api.TenantPathAsync();

        (await _api.PostAsync($"{tenant}/projects", new { name = "" }, "corrected")).BreaksRules("name: required");

        (await _api.PostAsync($"{tenant}/projects", new { name = "Search" }, "corrected")).Is(HttpStatusCode.Created);
    }

    [Fact]
    public async Task ADeletion_IsRememberedWithoutABody()
    {
        var tenant = await _api.TenantPathAsync();

        var first = await _api.DeleteAsync(tenant, "deleted");
        var second = await _api.DeleteAsync(tenant, "deleted");

        Assert.Equal(HttpStatusCode.NoContent, first.Status);
        Assert.Equal(HttpStatusCode.NoContent, second.Status);
        Assert.Empty(second.Text);
    }

    [Fact]
    public async Task ARepeatedRequest_IsPutInForceAgain_WhereThatHadFailed()
    {
        // The change commits, but then the node can't read the prices.
        await host.QueryAsync<int>("alter table price_book rename to price_book_away");
        var (waiting, repeated) = (AddAsync(), AddOnceCommittedAsync());
        var (first, second) = (await waiting, await repeated);
        await host.QueryAsync<int>("alter table price_book_away rename to price_book");

        var third = await AddAsync();

        first.IsProblem(HttpStatusCode.ServiceUnavailable, "not-in-force-everywhere");
        second.IsProblem(HttpStatusCode.ServiceUnavailable, "not-in-force-everywhere");
        Assert.Equal("unconfirmed", third.Is(HttpStatusCode.Created).String("name"));
        var customer = await Customer.CreateAsync(host);
        (await customer.UseAsync("""{"metrics": {"unconfirmed": 1}}""")).Is(HttpStatusCode.OK);

        Task<Answer> AddAsync() => _api.PostAsync("/api/v1/metrics", new { name = "unconfirmed" }, "unconfirmed");

        // Both wait for the nodes as long as a change may take, so they do it at the same time.
        async Task<Answer> AddOnceCommittedAsync()
        {
            Assert.True(await Eventually.IsAsync(
                () => host.QueryAsync<bool>("select exists (select from metric where name = 'unconfirmed')"), true));
            return await AddAsync();
        }
    }

    [Fact]
    public async Task AnAnswerOlderThanADay_IsForgotten()
    {
        var tenant = await _api.TenantPathAsync();
        await _api.PostAsync($"{tenant}/projects", new { name = "Search" }, "old");
        await host.QueryAsync<int>("update idempotency set created_at = created_at - interval '25 hours'");

        (await _api.PostAsync($"{tenant}/projects", new { name = "Find" }, "old")).Is(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(256)]
    public async Task AKeyThatCanNotBeMeant_IsRefused(int length)
    {
        var answer = await _api.PostAsync("/api/v1/metrics", new { name = "x" }, new string('k', length));

        answer.IsProblem(HttpStatusCode.BadRequest, "bad-request");
        Assert.True(answer["errors"].TryGetProperty("Idempotency-Key", out _));
    }

    [Fact]
    public void AnotherCredential_CanNotHaveTheAnswer()
    {
        using var seal = new ResponseCipher("Bearer one", "key");
        using var same = new ResponseCipher("Bearer one", "key");
        using var otherCredential = new ResponseCipher("Bearer two", "key");
        using var otherKey = new ResponseCipher("Bearer one", "other");
        var body = seal.Close("secret"u8.ToArray());

        Assert.True(same.TryOpen(body, out var opened));
        Assert.Equal("secret"u8.ToArray(), opened);
        Assert.False(otherCredential.TryOpen(body, out _));
        Assert.False(otherKey.TryOpen(body, out _));
    }

    [Fact]
    public async Task WhatIsRemembered_CanNotBeReadFromTheDatabase()
    {
        var tenant = await _api.PostAsync("/api/v1/tenants", Scene.TenantRequest(), "sealed");

        var body = (await host.QueryAsync<byte[]>(
            "select body from idempotency order by created_at desc limit 1"))!;

        var password = System.Text.Encoding.UTF8.GetBytes(tenant.String("oneTimePassword"));
        Assert.Equal(-1, body.AsSpan().IndexOf(password));
        Assert.Equal(-1, body.AsSpan().IndexOf("Aurora"u8));
        Assert.Equal(0L, await host.QueryAsync<long>(
            "select count(*) from idempotency where encode(key_hash, 'escape') like '%sealed%'"));
    }
}
