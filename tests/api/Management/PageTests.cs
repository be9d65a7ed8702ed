using System.Net;
using Xunit;

namespace Sluice.Api.Tests.Management;

/// <summary>Lists that are in memory as a whole are paged like all others.</summary>
[Collection<SettingsNode>]
public sealed class PageTests(NodeHost host)
{
    private readonly ApiCaller _api = host.Operator();

    [Theory]
    [InlineData("/api/v1/metrics")]
    [InlineData("/api/v1/jobs")]
    [InlineData("/api/v1/unpriced-usage")]
    [InlineData("{tenant}/limits")]
    [InlineData("{tenant}/boosts")]
    [InlineData("{tenant}/statements")]
    public async Task APageThatIsNone_IsRefused(string list)
    {
        var path = list.Replace("{tenant}", await _api.TenantPathAsync(), StringComparison.Ordinal);

        (await _api.GetAsync($"{path}?limit=0&after=@@")).BreaksRules("limit: range", "after: id-form");
        (await _api.GetAsync($"{path}?limit=501")).BreaksRules("limit: range");
        (await _api.GetAsync($"{path}?limit=500&after=")).Is(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/api/v1/metrics")]
    [InlineData("/api/v1/jobs")]
    [InlineData("{customer}/limits")]
    public async Task Pages_HaveEachItemOnce_InTheListsOrder(string list)
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 100);
        await customer.LimitKeyAsync("requests", 10);
        await customer.LimitProjectAsync(5);
        var path = list.Replace("{customer}", customer.TenantPath, StringComparison.Ordinal);
        var whole = await _api.GetAsync($"{path}?limit=500");
        var expected = whole["items"].EnumerateArray().Select(static item => item.GetRawText()).ToList();
        Assert.True(expected.Count >= 3, whole.Text);
        Assert.Null(whole["next"].GetString());

        var seen = new List<string>();
        string? next = "";
        while (next is not null && seen.Count <= expected.Count)
        {
            var page = (await _api.GetAsync($"{path}?limit=2&after={Uri.EscapeDataString(next)}"))
                .Is(HttpStatusCode.OK);
            Assert.InRange(page["items"].GetArrayLength(), 1, 2);
            seen.AddRange(page["items"].EnumerateArray().Select(static item => item.GetRawText()));
            next = page["next"].GetString();
        }

        Assert.Equal(expected, seen);
    }
}
