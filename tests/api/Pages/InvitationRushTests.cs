using System.Net;
using Xunit;

namespace Sluice.Api.Tests.Pages;

/// <summary>An invitation's page, opened while too many are sending forms.</summary>
public sealed class InvitationRushTests(NodeHost host) : IClassFixture<NodeHost>
{
    [Fact]
    public async Task WhoHasToWait_IsToldSoOnAPage()
    {
        using var client = host.CreateClient();
        client.DefaultRequestHeaders.Add("Accept-Language", "fr");
        HttpResponseMessage? refused = null;
        for (var i = 0; i < 2_000 && refused is null; i += 50)
        {
            var sent = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => client.PostAsync(
                "/invitations/accept", new FormUrlEncodedContent([]), TestContext.Current.CancellationToken)));
            refused = sent.FirstOrDefault(static answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        }

        Assert.NotNull(refused);
        Assert.Equal("text/html", refused.Content.Headers.ContentType?.MediaType);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Contains(
            "Réessayez dans un instant",
            WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }
}
