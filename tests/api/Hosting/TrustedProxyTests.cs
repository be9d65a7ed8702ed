using System.Net;
using System.Net.Http.Json;
using Sluice.TestSupport.Postgres;
using Xunit;

namespace Sluice.Api.Tests.Hosting;

/// <summary>Whom a node believes about where its callers are.</summary>
public sealed class TrustedProxyTests(TrustedProxyTests.Proxied proxied, NodeHost plain)
    : IClassFixture<TrustedProxyTests.Proxied>, IClassFixture<NodeHost>
{
    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("198.51.100.1, 203.0.113.7", "203.0.113.7")]
    [InlineData("198.51.100.1, 203.0.113.7, 10.1.2.3", "203.0.113.7")]
    [InlineData("nonsense", "127.0.0.1")]
    public async Task ATrustedProxy_SaysWhereTheCallerIs_AndNoFurtherThanThat(string forwarded, string address) =>
        Assert.Equal(address, (await SignInAsync(proxied, forwarded)).Address);

    [Fact]
    public async Task NobodyElse_IsBelieved()
    {
        var (address, isSecure) = await SignInAsync(plain, "203.0.113.7");

        Assert.Equal("127.0.0.1", address);
        Assert.False(isSecure);
    }

    [Fact]
    public async Task AProxyThatEndsTls_MakesCookiesSecure() =>
        Assert.True((await SignInAsync(proxied, "203.0.113.7")).IsSecure);

    [Fact]
    public async Task BehindAProxy_OneCallersAttempts_AreNotAnothers()
    {
        using var client = proxied.CreateClient();
        HttpStatusCode status;
        do
            status = await GuessAsync(client, "203.0.113.50");
        while (status == HttpStatusCode.Unauthorized);
        Assert.Equal(HttpStatusCode.TooManyRequests, status);

        Assert.Equal(HttpStatusCode.Unauthorized, await GuessAsync(client, "203.0.113.51"));

        static async Task<HttpStatusCode> GuessAsync(HttpClient client, string from)
        {
            using var request = Request("t0000000001a", "nobody", "wrong");
            request.Headers.Add("X-Forwarded-For", from);
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }
    }

    /// <summary>
    /// Signs in through a proxy; returns the address in the audit log, and whether the cookie is secure.
    /// </summary>
    private static async Task<(string? Address, bool IsSecure)> SignInAsync(NodeHost host, string forwarded)
    {
        var owner = await Person.OwnerAsync(host);
        using var client = host.CreateClient();
        using var request = Request(owner.TenantId, owner.UserName, Person.Password);
        request.Headers.Add("X-Forwarded-For", forwarded);
        request.Headers.Add("X-Forwarded-Proto", string.Join(", ", forwarded.Split(',').Select(static _ => "https")));

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var entry = (await owner.AuditAsync(host, "session.opened"))[0];
        return (
            entry.GetProperty("address").GetString(),
            answer.Headers.GetValues("Set-Cookie").All(
                static cookie => cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase)));
    }

    private static HttpRequestMessage Request(string tenant, string userName, string password) =>
        new(HttpMethod.Post, "/api/v1/session")
        {
            Content = JsonContent.Create(new { tenant, userName, password }),
        };

    /// <summary>A node behind proxies at this machine and in a network.</summary>
    public sealed class Proxied(PostgresFixture postgres) : NodeHost(postgres)
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
        {
            ["SLUICE_TRUSTED_PROXIES"] = "127.0.0.1, 10.0.0.0/8",
        };
    }
}
