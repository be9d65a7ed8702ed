using System.Net;
using Xunit;

namespace Sluice.Api.Tests.Hosting;

/// <summary>What every answer says to browsers and to whatever stores answers on the way.</summary>
[Collection<SettingsNode>]
public sealed class AnswerHeadersTests(NodeHost host)
{
    [Fact]
    public async Task NothingOfTheManagementApi_IsStored_NotEvenItsErrors()
    {
        var customer = await Customer.CreateAsync(host);
        foreach (var answer in new[]
        {
            await customer.Operator.PostAsync(
                $"{customer.ProjectPath}/keys", new { name = $"key {Guid.NewGuid():n}" }),
            await customer.Operator.GetAsync(customer.TenantPath),
            await customer.Operator.GetAsync("/api/v1/tenants/t0000000001a"),
            await customer.Operator.PostAsync($"{customer.ProjectPath}/keys", "{"),
            await host.Anonymous().GetAsync(customer.TenantPath),
            // Addresses are routed whatever their case.
            await customer.Operator.GetAsync("/API/V1/tenants"),
        })
        {
            Assert.True(answer.Message.Headers.CacheControl?.NoStore, $"{answer.Status} {answer.Text}");
            Assert.Equal("nosniff", Assert.Single(answer.Message.Headers.GetValues("X-Content-Type-Options")));
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/docs/index.html")]
    [InlineData("/invitations/accept")]
    public async Task EveryPage_HasAPolicy(string path)
    {
        var page = await host.Anonymous().GetAsync(path);

        Assert.Equal("text/html", page.ContentType);
        var policy = Assert.Single(page.Message.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; ", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.Equal("nosniff", Assert.Single(page.Message.Headers.GetValues("X-Content-Type-Options")));
    }

    [Theory]
    [InlineData("Aur\u202Eora")]
    [InlineData("\u2066Aurora\u2069")]
    [InlineData("Aurora\u200F")]
    [InlineData("\uFEFFAurora")]
    [InlineData("Aur\u200Bora")]
    [InlineData("Aurora\u2028")]
    [InlineData("\u2029Aurora")]
    public async Task AName_HasNoMarksOfDirection(string name)
    {
        var customer = await Customer.CreateAsync(host);

        (await customer.Operator.PostAsync($"{customer.TenantPath}/projects", new { name }))
            .BreaksRules("name: text-form");
        (await customer.Operator.PostAsync($"{customer.TenantPath}/projects", new { name = "أورورا" }))
            .Is(HttpStatusCode.Created);
    }

    [Fact]
    public async Task AnIdempotencyKey_HasNoControlCharacters()
    {
        var customer = await Customer.CreateAsync(host);

        var refused = await customer.Operator.PostAsync(
            $"{customer.TenantPath}/projects", new { name = "Search" }, "a\tb");

        Assert.InRange((int)refused.Status, 400, 422);
        Assert.Single((await customer.Operator.GetAsync($"{customer.TenantPath}/projects")).Items());
    }

    [Theory]
    [InlineData("a\tb")]
    [InlineData("a\u0001b")]
    [InlineData("a\u007Fb")]
    public async Task AnIdempotencyKeyOfAnEvent_FollowsTheRuleOfIds(string key)
    {
        var customer = await Customer.CreateAsync(host);

        var refused = await customer.Key.PostAsync("/v1/usage", new { metrics = new { text_tokens = 1 } }, key);

        refused.IsProblem(HttpStatusCode.UnprocessableEntity, "rule-broken");
        Assert.Contains("Idempotency-Key: ", refused.String("detail"));
        (await customer.Key.PostAsync("/v1/usage", new { metrics = new { text_tokens = 1 } }, "a b"))
            .Is(HttpStatusCode.OK);
    }

    /// <summary>Everybody can open it, so it must not fill the log.</summary>
    [Fact]
    public async Task APageWithAForm_IsStoredNowhere_AndLogsNothing()
    {
        var page = (await host.Anonymous().GetAsync("/console/sign-in")).Is(HttpStatusCode.OK);

        Assert.True(page.Message.Headers.CacheControl?.NoStore);
        Assert.DoesNotContain("headers have been overridden", host.Log.Text);
    }
}
