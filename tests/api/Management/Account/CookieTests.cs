using System.Net;
using Xunit;

namespace Sluice.Api.Tests.Management.Account;

[Collection<MembersNode>]
public sealed class CookieTests(NodeHost host)
{
    [Fact]
    public async Task ACookie_ReadsByItself_AndChangesOnlyWithTheProof()
    {
        var owner = await Person.OwnerAsync(host);
        var cookies = (await owner.SignInAgainAsync()).Is(HttpStatusCode.OK)
            .Message.Headers.GetValues("Set-Cookie").ToList();
        var session = Assert.Single(cookies, static c => c.StartsWith("sluice_session=", StringComparison.Ordinal));
        var proof = Assert.Single(cookies, static c => c.StartsWith("sluice_csrf=", StringComparison.Ordinal));
        Assert.Contains("httponly", session, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", session, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("httponly", proof, StringComparison.OrdinalIgnoreCase);
        var cookie = session.Split(';')[0];
        var token = proof.Split(';')[0].Split('=', 2)[1];

        Assert.Equal(HttpStatusCode.OK, await SendAsync(HttpMethod.Get, "/api/v1/me", cookie, null));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(HttpMethod.Delete, "/api/v1/session", cookie, null));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(HttpMethod.Delete, "/api/v1/session", cookie, "x"));
        Assert.Equal(
            HttpStatusCode.NoContent, await SendAsync(HttpMethod.Delete, "/api/v1/session", cookie, token));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(HttpMethod.Get, "/api/v1/me", cookie, null));
    }

    private async Task<HttpStatusCode> SendAsync(HttpMethod method, string path, string cookie, string? proof)
    {
        using var client = host.CreateClient();
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Cookie", cookie);
        if (proof is not null)
            request.Headers.Add("X-Sluice-CSRF", proof);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }
}
