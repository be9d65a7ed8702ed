using System.Net;
using System.Net.Http.Json;
using Xunit;

namespace Sluice.Api.Tests.Management.Account;

/// <summary>Whether the console's cookies are kept off connections without TLS.</summary>
public sealed class SecureCookieTests(NodeHost plain, TlsProxyHost proxied)
    : IClassFixture<NodeHost>, IClassFixture<TlsProxyHost>
{
    [Fact]
    public async Task BehindATlsProxy_BothCookiesAreSecure_WhenSetAndWhenRemoved()
    {
        var owner = await Person.OwnerAsync(proxied);
        var set = await CookiesAsync(proxied, owner, forwardedProto: null);
        Assert.All(set, static cookie => Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase));

        var removed = (await owner.Api.DeleteAsync("/api/v1/session")).Is(HttpStatusCode.NoContent)
            .Message.Headers.GetValues("Set-Cookie").ToList();
        Assert.Equal(2, removed.Count);
        Assert.All(removed, static cookie => Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task WithoutTls_TheyAreNot_WhateverAHeaderClaims()
    {
        var owner = await Person.OwnerAsync(plain);
        foreach (var claim in new[] { null, "https" })
        {
            var set = await CookiesAsync(plain, owner, claim);
            Assert.All(
                set, static cookie => Assert.DoesNotContain("; secure", cookie, StringComparison.OrdinalIgnoreCase));
        }
    }

    private static async Task<List<string>> CookiesAsync(NodeHost host, Person person, string? forwardedProto)
    {
        using var client = host.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/session");
        request.Content = JsonContent.Create(
            new { tenant = person.TenantId, userName = person.UserName, password = Person.Password });
        if (forwardedProto is not null)
            request.Headers.Add("X-Forwarded-Proto", forwardedProto);
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var cookies = answer.Headers.GetValues("Set-Cookie").ToList();
        Assert.Equal(2, cookies.Count);
        return cookies;
    }
}
