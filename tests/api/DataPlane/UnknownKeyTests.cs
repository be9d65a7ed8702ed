using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Sluice.Metering.Identity;
using Sluice.Metering.Keys;
using Xunit;

namespace Sluice.Api.Tests.DataPlane;

/// <summary>A flood of well-formed keys that do not exist, as its senders and others see it.</summary>
public sealed class UnknownKeyTests(TrustedProxyTests.Proxied host) : IClassFixture<TrustedProxyTests.Proxied>
{
    private const string Flooder = "203.0.113.60";

    private const string Other = "203.0.113.61";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnAddressThatSendsTooMany_IsToldSo_AndNobodyElseIs()
    {
        using var client = host.CreateClient();
        HttpResponseMessage refused;
        do
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(
                _ => SendAsync(client, HttpMethod.Post, "/v1/usage", Unknown(), Flooder)));
            Assert.All(answers, static a => Assert.Contains(
                a.StatusCode, (HttpStatusCode[])[HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests]));
            refused = answers.FirstOrDefault(static a => a.StatusCode == HttpStatusCode.TooManyRequests) ?? answers[0];
        }
        while (refused.StatusCode != HttpStatusCode.TooManyRequests);

        Assert.Equal("1", refused.Headers.RetryAfter?.ToString());
        Assert.Contains(
            "/problems/too-many-unknown-keys", await refused.Content.ReadAsStringAsync(Cancellation),
            StringComparison.Ordinal);
        var customer = await Customer.CreateAsync(host);
        var made = await SendAsync(client, HttpMethod.Post, "/v1/usage", customer.Secret, Other);
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        var known = await SendAsync(client, HttpMethod.Post, "/v1/usage", customer.Secret, Flooder);
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
        var unknown = await SendAsync(client, HttpMethod.Post, "/v1/usage", Unknown(), Other);
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
    }

    private static string Unknown() => ApiKeyFormat.Generate(KeyKind.Project, IdText.NewValue()).Text;

    private static async Task<HttpResponseMessage> SendAsync(
        HttpClient client, HttpMethod method, string path, string secret, string from)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = new StringContent("""{"metrics": {"text_tokens": 1}}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        request.Headers.Add("X-Forwarded-For", from);
        return await client.SendAsync(request, Cancellation);
    }
}
