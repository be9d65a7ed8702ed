using System.Net;
using Xunit;

namespace Sluice.Api.Tests.Pages;

[Collection<SettingsNode>]
public sealed class HomePageTests(NodeHost host)
{
    [Fact]
    public async Task TheRoot_SaysWhatRunsHere_AndItsLinksLeadSomewhere()
    {
        var page = (await host.Anonymous().GetAsync("/")).Is(HttpStatusCode.OK);

        Assert.Equal("text/html", page.ContentType);
        Assert.Contains("<h1>Sluice</h1>", page.Text);
        var links = page.Text.Split("href=\"").Skip(1).Select(static part => part.Split('"')[0]).ToList();
        Assert.Equal(5, links.Count);
        foreach (var link in links)
            (await host.Anonymous().GetAsync($"/{link}")).Is(HttpStatusCode.OK);
        Assert.DoesNotContain(NodeHost.OperatorToken, page.Text);
        var head = await host.Anonymous().SendAsync(HttpMethod.Head, "/", null, null);
        Assert.Equal("", head.Is(HttpStatusCode.OK).Text);
    }

    [Theory]
    [InlineData("fr-CA, en;q=0.5", "fr")]
    [InlineData("de, fr;q=0.2, en;q=0.7", "en")]
    [InlineData("ja", "en")]
    [InlineData("", "en")]
    public async Task TheRoot_IsInTheLanguageThatTheBrowserPrefers(string accepted, string language)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        if (accepted.Length > 0)
            request.Headers.Add("Accept-Language", accepted);
        using var client = host.CreateClient();

        var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal([language], answer.Content.Headers.ContentLanguage);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains($"<html lang=\"{language}\">", text);
    }
}
