using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace Sluice.EndToEnd.Consoles;

/// <summary>Every page of the console, on a platform that is in use.</summary>
public sealed class EveryPageTests
{
    private const string Operator = "operator";

    /// <summary>Those who may see the most, and those who may see the least.</summary>
    private static readonly string[] Roles = [Operator, "claire", "kenji", "yuki", "zoe"];

    /// <summary>Every how many pages one is examined in an ordinary run; it takes a second.</summary>
    private const int ExaminedEvery = 16;

    /// <summary>
    /// Each role follows every link that it is shown: there is a page behind each, without an error. Some of what
    /// owner and operator see is judged in the browser: narrow and dark, wide and light.
    /// </summary>
    [Fact]
    public async Task EveryLink_LeadsToAPage_ThatAllCanUse()
    {
        Assert.SkipWhen(ConsoleBrowser.Program is null, "There is no Chromium on this machine.");
        await using var demo = await DemoScene.OpenAsync(nodes: 1, TimeSpan.FromMinutes(9));
        var faults = new List<string>();
        foreach (var role in Roles.Except(["kenji"]))
        {
            var narrow = role == "claire";
            var page = await OpenAsync(demo, role, narrow ? 375 : 1_440, dark: narrow);
            var pages = await CrawlAsync(demo, page, role, narrow ? "fr" : "en", faults);
            if (role is Operator or "claire")
                await JudgeAsync(page, pages.Where(static (_, n) => n % ExaminedEvery == 0), faults);
        }

        demo.Scene.Tell("judged");
        await MistakeSteps.AskForWhatIsNotTheirsAsync(demo, await demo.OpenAsync("zoe"));
        var owner = new ConsolePerson(await demo.OpenAsync("hana"));
        await owner.Page.GotoAsync("/console?language=en");
        await MistakeSteps.MakeAKeyWithABadLimitAsync(owner);
        await MistakeSteps.EditALimitInTwoWindowsAsync(owner, demo.Account("hana").TenantId);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Theory]
    [Trait("run", "soak")]
    [InlineData(375, false, "en")]
    [InlineData(375, false, "fr")]
    [InlineData(375, true, "en")]
    [InlineData(375, true, "fr")]
    [InlineData(1_440, false, "en")]
    [InlineData(1_440, false, "fr")]
    [InlineData(1_440, true, "en")]
    [InlineData(1_440, true, "fr")]
    public async Task EveryPage_CanBeUsedByAll(int width, bool dark, string language)
    {
        Assert.SkipWhen(ConsoleBrowser.Program is null, "There is no Chromium on this machine.");
        await using var demo = await DemoScene.OpenAsync(nodes: 3, TimeSpan.FromMinutes(30));
        var faults = new List<string>();
        foreach (var role in Roles)
        {
            var page = await OpenAsync(demo, role, width, dark);
            await JudgeAsync(page, await CrawlAsync(demo, page, role, language, faults), faults);
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static Task<IPage> OpenAsync(DemoScene demo, string role, int width, bool dark) =>
        role == Operator ? demo.OpenAsOperatorAsync(width, dark) : demo.OpenAsync(role, width, dark);

    /// <returns>The addresses of a page of each kind.</returns>
    private static async Task<IReadOnlyList<string>> CrawlAsync(
        DemoScene demo, IPage page, string role, string language, List<string> faults)
    {
        await page.GotoAsync($"/console?language={language}");
        var crawl = new ConsoleCrawl(page);
        var start = new List<string> { "/console" };
        if (role == Operator)
            start.Add($"/console/t/{demo.Account("claire").TenantId}");
        await crawl.RunAsync(start, language);
        faults.AddRange(crawl.Faults.Select(fault => $"{role}: {fault}"));
        demo.Scene.Tell($"{role}, {language}: {crawl.Pages.Count} kinds of pages; slowest "
            + $"{crawl.Slowest.Time.TotalMilliseconds:F0} ms, {crawl.Slowest.Address}");
        Assert.InRange(crawl.Pages.Count, role == "zoe" ? 5 : 15, 200);
        return crawl.Pages;
    }

    /// <summary>Opens each page: it has no serious fault of accessibility or script, and fits the window.</summary>
    private static async Task JudgeAsync(IPage page, IEnumerable<string> addresses, List<string> faults)
    {
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                faults.Add($"{page.Url}: {message.Text}");
        };
        // Pages that ask before they are left.
        page.Dialog += static (_, dialog) => _ = dialog.AcceptAsync();
        foreach (var address in addresses)
        {
            await page.GotoAsync(address);
            var found = await page.RunAxe();
            faults.AddRange(found.Violations.Where(static v => v.Impact is "serious" or "critical")
                .Select(v => $"{address}: {v.Id}: {v.Help}: {v.Nodes[0].Html}"));
            if (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"))
                faults.Add($"{address}: is wider than the window");
        }
    }
}
