using System.Net;
using System.Text;
using Sluice.Metering.Keys;
using Xunit;

namespace Sluice.Api.Tests.DataPlane;

public abstract class CredentialTests(NodeHost host)
{
    [Collection<DataPlaneNode>]
    public sealed class OnOneNode(NodeHost host) : CredentialTests(host);

    [Collection<SharedCluster>]
    public sealed class OnThreeNodes(ThreeNodes host) : CredentialTests(host);

    [Fact]
    public async Task WhateverIsWrongWithAKey_TheAnswerIsTheSame()
    {
        var customer = await Customer.CreateAsync(host);
        var deleted = await customer.AnotherKeyAsync();
        await customer.Operator.DeleteAsync(deleted.KeyPath);
        var unknown = ApiKeyFormat.Generate(KeyKind.Project, 4711).Text;
        var wrongSecret = ApiKeyFormat
            .Generate(KeyKind.Project, Scene.IdOf(customer.KeyId)).Text;
        var suspended = await Customer.CreateAsync(host);
        await customer.Operator.PostAsync($"{suspended.TenantPath}/suspend");
        var wrongOfSuspended = ApiKeyFormat
            .Generate(KeyKind.Project, Scene.IdOf(suspended.KeyId)).Text;
        var typo = customer.Secret[..^1] + (customer.Secret[^1] == 'a' ? 'b' : 'a');
        string[] wrong =
        [
            "", "x", "sk_project_", typo, unknown, wrongSecret, deleted.Secret, customer.Secret + "x", new('s', 5000),
            NodeHost.OperatorToken + "x", wrongOfSuspended,
        ];

        var texts = new List<string>();
        foreach (var caller in wrong.Select(host.Bearing).Append(host.Anonymous()))
        {
            foreach (var path in (string[])["/v1/usage", "/v1/usage/check", "/v1/reservations"])
                texts.Add(Refused(await caller.PostAsync(path, """{"metrics": {"text_tokens": 1}}""")));
            texts.Add(Refused(await caller.PostAsync(
                "/v1/reservations/r/commit", """{"metrics": {"text_tokens": 1}}""")));
            texts.Add(Refused(await caller.DeleteAsync("/v1/reservations/r")));
            texts.Add(Refused(await caller.GetAsync("/v1/limits")));
        }

        Assert.Single(texts.Distinct());
    }

    /// <summary>
    /// Its form says which kind it is; whether it is valid would cost a query that anybody could cause.
    /// </summary>
    [Theory]
    [InlineData("sla_nonsense")]
    [InlineData("sls_nonsense")]
    public async Task AMembersToken_IsKnownByItsForm(string token) => Assert.Contains(
        "a member's access token",
        Refused(await host.Bearing(token).PostAsync("/v1/usage", """{"metrics": {"text_tokens": 1}}""")),
        StringComparison.Ordinal);

    [Fact]
    public async Task ATokenOfAnotherKind_IsToldWhichOneIsNeeded()
    {
        var customer = await Customer.CreateAsync(host);
        var member = await Person.OwnerAsync(host);
        const string Body = """{"metrics": {"text_tokens": 1}}""";

        foreach (var (token, sent) in new[]
        {
            (NodeHost.OperatorToken, "operator"), (NodeHost.GatewayToken, "gateway"), (member.Token, "member"),
        })
        {
            var answer = await host.Bearing(token).PostAsync("/v1/usage", Body);
            Refused(answer);
            Assert.Contains("an API key", answer.String("detail"));
            Assert.Contains(sent, answer.String("detail"));
        }

        foreach (var (token, sent) in new[] { (NodeHost.OperatorToken, "operator"), (customer.Secret, "an API key") })
        {
            var answer = await host.Bearing(token).PostAsync("/v1/usage/batch", $"[{Body}]");
            Refused(answer);
            Assert.Contains("the gateway's token", answer.String("detail"));
            Assert.Contains(sent, answer.String("detail"));
        }
    }

    [Fact]
    public async Task Regenerate_KillsTheOldSecret_BeforeItReturns()
    {
        var customer = await Customer.CreateAsync(host);
        (await customer.UseAsync(1)).Is(HttpStatusCode.OK);
        var returned = 0;
        var usedAfterwards = 0;
        // Callers that keep using the old secret, through the moment of the change.
        var callers = Enumerable.Range(0, 8).Select(_ => UseUntilRefusedAsync()).ToList();

        var renewed = (await customer.Operator.PostAsync($"{customer.KeyPath}/regenerate")).Is(HttpStatusCode.OK);
        Volatile.Write(ref returned, 1);
        await Task.WhenAll(callers);

        Assert.Equal(0, usedAfterwards);
        var renewedKey = host.Bearing(renewed.String("secret"));
        Assert.Equal(customer.KeyId, (await renewedKey.GetAsync("/v1/limits")).Is(HttpStatusCode.OK).String("keyId"));

        async Task UseUntilRefusedAsync()
        {
            while (true)
            {
                var startedAfter = Volatile.Read(ref returned) == 1;
                if ((await customer.UseAsync(1)).Status == HttpStatusCode.Unauthorized)
                    return;
                if (startedAfter)
                    Interlocked.Increment(ref usedAfterwards);
            }
        }
    }

    [Fact]
    public async Task Regenerate_KeepsLimitsAndCounters()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 10);
        await customer.UseAsync(10);

        var renewed = await customer.Operator.PostAsync($"{customer.KeyPath}/regenerate");

        var refused = await host.Bearing(renewed.String("secret"))
            .PostAsync("/v1/usage", """{"metrics": {"text_tokens": 1}}""");
        Assert.Equal(10, refused.Is(HttpStatusCode.TooManyRequests)["limit"].GetProperty("used").GetInt32());
    }

    [Fact]
    public async Task Delete_KillsTheKey_BeforeItReturns()
    {
        var customer = await Customer.CreateAsync(host);
        (await customer.UseAsync(1)).Is(HttpStatusCode.OK);

        (await customer.Operator.DeleteAsync(customer.KeyPath)).Is(HttpStatusCode.NoContent);

        Refused(await customer.UseAsync(1));
        // A gateway that reports for the key gets the same answer.
        var batch = await host.Gateway().PostAsync(
            "/v1/usage/batch", new[] { new { keyId = customer.KeyId, metrics = new { text_tokens = 1 } } });
        Assert.Equal(401, batch["results"][0].GetProperty("problem").GetProperty("status").GetInt32());
        await customer.SeesInLedgerAsync(1);
    }

    [Fact]
    public async Task ASuspendedTenantsKeys_StopAtOnce_AndWorkAgainWhenItIsResumed()
    {
        var customer = await Customer.CreateAsync(host);
        var other = await customer.AnotherProjectAsync();
        (await customer.UseAsync(1)).Is(HttpStatusCode.OK);

        await customer.Operator.PostAsync($"{customer.TenantPath}/suspend");
        Assert.Contains("suspended", Refused(await customer.UseAsync(1)));
        Refused(await other.UseAsync(1));
        var batch = await host.Gateway().PostAsync(
            "/v1/usage/batch", new[] { new { key = customer.Secret, metrics = new { text_tokens = 1 } } });
        Assert.Contains("suspended", batch["results"][0].GetProperty("problem").GetProperty("detail").GetString());
        await customer.Operator.PostAsync($"{customer.TenantPath}/resume");

        (await customer.UseAsync(1)).Is(HttpStatusCode.OK);
        (await other.UseAsync(1)).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task ADeletedProjectsKeys_StopAtOnce_AndOthersGoOn()
    {
        var customer = await Customer.CreateAsync(host);
        var other = await customer.AnotherProjectAsync();
        (await other.UseAsync(1)).Is(HttpStatusCode.OK);

        (await customer.Operator.DeleteAsync(other.ProjectPath)).Is(HttpStatusCode.NoContent);

        Refused(await other.UseAsync(1));
        (await customer.UseAsync(1)).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task TheSchemesName_HasNoCase_AndBlanksAroundTheKeyAreFine()
    {
        var customer = await Customer.CreateAsync(host);
        using var http = host.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/usage");
        request.Headers.TryAddWithoutValidation("Authorization", $"bearer  {customer.Secret} ");
        request.Content = new StringContent(
            """{"metrics": {"text_tokens": 1}}""", Encoding.UTF8, "Application/JSON");

        using var answer = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static string Refused(Answer answer)
    {
        answer.IsProblem(HttpStatusCode.Unauthorized, "unauthorized");
        Assert.Equal("Bearer", answer.Message.Headers.WwwAuthenticate.Single().Scheme);
        return answer.Text;
    }
}
