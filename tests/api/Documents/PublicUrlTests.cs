using System.Net;
using Sluice.Api.Tests.Management.Account;
using Xunit;

namespace Sluice.Api.Tests.Documents;

/// <summary>The document of a node that callers reach under another name.</summary>
public sealed class PublicUrlTests(TlsProxyHost host) : IClassFixture<TlsProxyHost>
{
    [Fact]
    public async Task TheServer_IsTheAddressThatTheOperatorHasNamed()
    {
        var servers = (await host.Anonymous().GetAsync("/openapi/v1.json")).Is(HttpStatusCode.OK)["servers"];

        Assert.Equal("""[{"url":"HTTPS://sluice.example.com"}]""", Answer.Compact(servers.GetRawText()));
    }
}
