using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Sluice.TestSupport.Postgres;
using Xunit;

namespace Sluice.Api.Tests.DataPlane;

public sealed class RequiredGatewayTests(RequiredGatewayTests.Host host) : IClassFixture<RequiredGatewayTests.Host>
{
    /// <summary>A node that accepts single keys from gateways only.</summary>
    public sealed class Host(PostgresFixture postgres) : NodeHost(postgres)
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } =
            new Dictionary<string, string> { ["SLUICE_REQUIRE_GATEWAY"] = "true" };
    }

    [Fact]
    public async Task AKeyAlone_IsRefused_AndTogetherWithTheGatewayTokenItIsTaken()
    {
        var customer = await Customer.CreateAsync(host);

        var alone = await SendAsync(customer.Secret, gateway: null);
        var wrong = await SendAsync(customer.Secret, gateway: "not-the-gateway-token");
        var withoutKey = await SendAsync("sk_project_nonsense", NodeHost.GatewayToken);
        var both = await SendAsync(customer.Secret, NodeHost.GatewayToken);

        Assert.Equal(HttpStatusCode.OK, both.Status);
        foreach (var refused in new[] { alone, wrong, withoutKey })
        {
            refused.IsProblem(HttpStatusCode.Unauthorized, "unauthorized");
            Assert.Contains("X-Sluice-Gateway", refused.String("detail"));
        }

        Assert.Single(new[] { alone.Text, wrong.Text, withoutKey.Text }.Distinct());
        await customer.SeesInLedgerAsync(1);
    }

    [Fact]
    public async Task ABatch_NeedsNoSecondToken()
    {
        var customer = await Customer.CreateAsync(host);

        var answer = await host.Gateway().PostAsync(
            "/v1/usage/batch", new[] { new { key = customer.Secret, metrics = new { text_tokens = 1 } } });

        Assert.True(answer.Is(HttpStatusCode.OK)["results"][0].GetProperty("allowed").GetBoolean());
    }

    private async Task<Answer> SendAsync(string secret, string? gateway)
    {
        using var http = host.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/usage");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        if (gateway is not null)
            request.Headers.Add("X-Sluice-Gateway", gateway);
        request.Content = new StringContent("""{"metrics": {"text_tokens": 1}}""", Encoding.UTF8, "application/json");
        var message = await http.SendAsync(request);
        return new(message.StatusCode, await message.Content.ReadAsStringAsync(), message);
    }
}
