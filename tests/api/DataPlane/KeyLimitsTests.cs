using System.Net;
using Xunit;

namespace Sluice.Api.Tests.DataPlane;

/// <summary>Tests of <c>GET /v1/limits</c>.</summary>
[Collection<DataPlaneNode>]
public sealed class KeyLimitsTests(NodeHost host)
{
    [Fact]
    public async Task AKeySees_ItsScopes_TheirStates_AndAllTheirLimits()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 10);
        await customer.Operator.PutAsync(
            $"{customer.TenantPath}/usage-thresholds",
            """
            {"metrics": {"text_tokens": {"warning": 5, "blocked": 100}}, "recipients": {"warning": ["a@b.example"]}}
            """);
        await customer.Key.PostAsync("/v1/reservations", """{"metrics": {"text_tokens": 2}}""");
        await customer.UseAsync(6);

        var answer = await customer.Key.GetAsync("/v1/limits");

        var key = LimitOf("key", customer.KeyId, "blocked", "key", 10, 6, 2, 2, "ok");
        var warning = LimitOf("tenant", customer.TenantId, "warning", "threshold", 5, 6, 2, 0, "warning");
        var blocked = LimitOf("tenant", customer.TenantId, "blocked", "threshold", 100, 6, 2, 92, "warning");
        answer.Is(HttpStatusCode.OK).IsJson(
            $$"""
            {"keyId": "{{customer.KeyId}}", "state": "warning",
             "scopes": [
               {"scope": "key", "scopeId": "{{customer.KeyId}}", "state": "ok", "limits": [{{key}}]},
               {"scope": "project", "scopeId": "{{customer.ProjectId}}", "state": "ok", "limits": []},
               {"scope": "tenant", "scopeId": "{{customer.TenantId}}", "state": "warning",
                "limits": [{{blocked}}, {{warning}}]}],
             "limits": [{{warning}}, {{key}}, {{blocked}}]}
            """);
    }

    [Fact]
    public async Task WithoutLimits_TheScopesAreShownAllTheSame()
    {
        var customer = await Customer.CreateAsync(host);

        var answer = (await customer.Key.GetAsync("/v1/limits")).Is(HttpStatusCode.OK);

        Assert.Equal(
            ["key", "project", "tenant"],
            answer["scopes"].EnumerateArray().Select(static scope => scope.GetProperty("scope").GetString()!));
        Assert.Equal(0, answer["limits"].GetArrayLength());
        Assert.Equal("ok", answer.String("state"));
    }

    [Fact]
    public async Task Looking_CountsNothing()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("requests", 1);

        for (var i = 0; i < 3; i++)
            (await customer.Key.GetAsync("/v1/limits")).Is(HttpStatusCode.OK);

        (await customer.UseAsync(1)).Is(HttpStatusCode.OK);
        (await customer.UseAsync(1)).Is(HttpStatusCode.TooManyRequests);
    }

    private static string LimitOf(
        string scope, string id, string kind, string source, int limit, int used, int held, int left, string state) =>
        $$"""
        {"scope": "{{scope}}", "scopeId": "{{id}}", "metric": "text_tokens", "kind": "{{kind}}",
         "source": "{{source}}", "period": "month", "limit": {{limit}}, "used": {{used}}, "held": {{held}},
         "remaining": {{left}}, "resetsAt": "2026-11-30T15:00:00.000Z", "state": "{{state}}"}
        """;
}
