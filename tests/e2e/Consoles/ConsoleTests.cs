using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Sluice.EndToEnd.Scenes;
using Xunit;

namespace Sluice.EndToEnd.Consoles;

/// <summary>
/// People who click, in a real browser, in front of three nodes behind one address that hands connections out in turn.
/// </summary>
public sealed partial class ConsoleTests
{
    private const string Password = "a horse that counts to ten";

    /// <summary>Pages of the tenant, the project, oneself and the platform; {t} and {p} are ids.</summary>
    private static readonly string[] Pages =
    [
        "/console/t/{t}", "/console/t/{t}/projects", "/console/t/{t}/users", "/console/t/{t}/seats",
        "/console/t/{t}/usage", "/console/t/{t}/limits", "/console/t/{t}/notifications", "/console/t/{t}/billing",
        "/console/t/{t}/settings", "/console/t/{t}/audit", "/console/t/{t}/p/{p}/keys", "/console/t/{t}/p/{p}/members",
        "/console/t/{t}/p/{p}/usage", "/console/t/{t}/p/{p}/information", "/console/t/{t}/pick",
    ];

    private static readonly string[] PersonalPages =
        ["/console/me", "/console/me/usage", "/console/me/key", "/console/me/security"];

    private static readonly string[] PlatformPages =
    [
        "/console/platform", "/console/platform/quota-requests", "/console/platform/thresholds",
        "/console/platform/plans", "/console/platform/prices", "/console/platform/unpriced", "/console/platform/mail",
        "/console/platform/jobs", "/console/platform/cluster", "/console/platform/tenants/new",
    ];

    [Fact]
    public async Task FromTheFirstTenantToARefusal_ByClickingAlone_WhileANodeDies()
    {
        Assert.SkipWhen(ConsoleBrowser.Program is null, "There is no Chromium on this machine.");
        await using var scene = await Scene.OpenAsync(new ScenePlan(3) { AtMost = TimeSpan.FromMinutes(9) });
        await using var browser = await ConsoleBrowser.StartAsync();
        var page = await browser.OpenAsync(scene.Target.BaseAddress);
        await SignInAsOperatorAsync(page, scene);

        var (tenant, oneTimePassword) = await CreateTenantAsync(page);
        await page.GotoAsync("/console/sign-out");
        await ClickAsync(page, "Sign out");
        await SignInAsOwnerAsync(page, tenant, oneTimePassword);
        scene.Tell("the owner has signed in");

        // The first key, its first event, and a limit that the next event would pass.
        await Link(page, "Choose a project and create a key").ClickAsync();
        await Link(page, "Default").ClickAsync();
        await Link(page, "Create an API key").First.ClickAsync();
        await page.GetByLabel("Name").FillAsync("gateway");
        await scene.Cluster.Nodes[0].KillAsync(scene.Cancellation);
        await ClickAsync(page, "Create");
        var secret = await page.GetByLabel("Secret of gateway").InputValueAsync();
        using var http = new HttpClient { BaseAddress = scene.Entrances[1].Node.Target.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        Assert.Equal(200, await UseAsync(http, 600));
        await Assertions.Expect(page.GetByText("The first event has arrived")).ToBeVisibleAsync();
        scene.Tell("the first event has been seen");

        page.Dialog += static (_, dialog) => _ = dialog.AcceptAsync();
        await Link(page, "To the API keys").ClickAsync();
        await Link(page, "gateway").ClickAsync();
        await Link(page, "Set a limit").ClickAsync();
        await page.GetByLabel("Limit in EUR").FillAsync("not a number");
        await ClickAsync(page, "Save");
        await Assertions.Expect(page.GetByText("Must be a number.")).ToBeVisibleAsync();
        await page.GetByLabel("Limit in EUR").FillAsync("1,000.50");
        await ClickAsync(page, "Save");
        await Assertions.Expect(page.GetByText("The limit is in force on all nodes.")).ToBeVisibleAsync();

        // The key is deleted, and dead on a node that the page did not speak to.
        await Link(page, "Delete").ClickAsync();
        await ClickAsync(page, "Delete the key");
        await Assertions.Expect(page.GetByText("no node accepts it any more")).ToBeVisibleAsync();
        Assert.Equal(401, await UseAsync(http, 1));
        scene.Tell("the key is dead");
    }

    [Fact]
    [Trait("run", "soak")]
    public async Task WhoClicksThroughAllPages_MeetsNoErrorPage_WhileANodeDiesEvery20Seconds()
    {
        Assert.SkipWhen(ConsoleBrowser.Program is null, "There is no Chromium on this machine.");
        await using var scene = await Scene.OpenAsync(new ScenePlan(3) { AtMost = TimeSpan.FromMinutes(9) });
        await using var browser = await ConsoleBrowser.StartAsync();
        var page = await browser.OpenAsync(scene.Target.BaseAddress);
        await SignInAsOperatorAsync(page, scene);
        var (tenant, password) = await CreateTenantAsync(page);
        var owner = await browser.OpenAsync(scene.Target.BaseAddress);
        await SignInAsOwnerAsync(owner, tenant, password);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(scene.Cancellation);
        var killing = KillByTurnsAsync(scene, stop.Token);

        var seen = 0;
        var started = Scene.Time.GetTimestamp();
        while (Scene.Time.GetElapsedTime(started) < TimeSpan.FromMinutes(2))
        {
            foreach (var mode in (string[])["Tenant", "Project", "Personal"])
            {
                await owner.Locator(".modes").GetByText(mode, new() { Exact = true }).ClickAsync();
                if (mode == "Project")
                    await Link(owner, "Default").ClickAsync();
                await Assertions.Expect(owner.Locator(".modes [aria-current]")).ToHaveTextAsync(mode);
                foreach (var name in await owner.Locator(".side a").AllInnerTextsAsync())
                {
                    await owner.Locator(".side").GetByText(name, new() { Exact = true }).ClickAsync();
                    await Assertions.Expect(owner.Locator(".side [aria-current]")).ToHaveTextAsync(name);
                    Assert.Equal(0, await owner.Locator(".notice.bad").CountAsync());
                    seen++;
                }
            }
        }

        await stop.CancelAsync();
        scene.Tell($"{seen} pages seen, {await killing} nodes killed");
        Assert.True(seen > 50, $"only {seen} pages");
    }

    private static async Task<int> KillByTurnsAsync(Scene scene, CancellationToken stop)
    {
        var killed = 0;
        try
        {
            while (true)
            {
                var node = scene.Cluster.Nodes[killed % scene.Cluster.Nodes.Count];
                await node.KillAsync(stop);
                killed++;
                await Task.Delay(TimeSpan.FromSeconds(20), Scene.Time, stop);
                await node.ReadyAsync(stop);
            }
        }
        catch (OperationCanceledException)
        {
            return killed;
        }
    }

    /// <summary>
    /// Every page once: those of the platform wide and light in English, the others narrow and dark in French.
    /// </summary>
    [Fact]
    public async Task EveryPage_CanBeUsedByAll()
    {
        Assert.SkipWhen(ConsoleBrowser.Program is null, "There is no Chromium on this machine.");
        await using var scene = await Scene.OpenAsync(new ScenePlan(1) { AtMost = TimeSpan.FromMinutes(9) });
        await using var browser = await ConsoleBrowser.StartAsync();
        var page = await browser.OpenAsync(scene.Target.BaseAddress);
        await SignInAsOperatorAsync(page, scene);
        await JudgeAsync(page, PlatformPages, scene, examinedEvery: 3);
        await JudgeAsOwnerAsync(browser, page, scene, width: 375, dark: true, french: true, examinedEvery: 3);
    }

    [Theory]
    [Trait("run", "soak")]
    [InlineData(375, false, false)]
    [InlineData(375, false, true)]
    [InlineData(375, true, false)]
    [InlineData(1_440, false, true)]
    [InlineData(1_440, true, false)]
    [InlineData(1_440, true, true)]
    public async Task EveryPage_CanBeUsedByAll_InEveryLanguageThemeAndWidth(int width, bool dark, bool french)
    {
        Assert.SkipWhen(ConsoleBrowser.Program is null, "There is no Chromium on this machine.");
        await using var scene = await Scene.OpenAsync(new ScenePlan(1) { AtMost = TimeSpan.FromMinutes(20) });
        await using var browser = await ConsoleBrowser.StartAsync();
        var page = await browser.OpenAsync(scene.Target.BaseAddress, width, dark);
        await SignInAsOperatorAsync(page, scene);
        if (french)
            await page.GotoAsync("/console/platform?language=fr");
        await JudgeAsync(page, PlatformPages, scene);
        await JudgeAsync(page, Of(scene.TenantId, scene.Fleet.Tenants[0].Projects[0].Id, Pages), scene);
        if (french)
            await page.GotoAsync("/console/platform?language=en");
        await JudgeAsOwnerAsync(browser, page, scene, width, dark, french);
    }

    /// <summary>Judges all pages of a tenant, one of its projects and oneself, for an owner who is new.</summary>
    private static async Task JudgeAsOwnerAsync(
        ConsoleBrowser browser, IPage asOperator, Scene scene, int width, bool dark, bool french,
        int examinedEvery = 1)
    {
        var language = french ? "fr" : "en";
        var page = await browser.OpenAsync(scene.Target.BaseAddress, width, dark, language);
        var (tenant, password) = await CreateTenantAsync(asOperator, language);
        await SignInAsOwnerAsync(page, tenant, password, french);
        await page.GotoAsync($"/console/t/{tenant}/pick");
        await Link(page, "Default").ClickAsync();
        await page.WaitForURLAsync(static address => address.Contains("/p/", StringComparison.Ordinal));
        var project = ProjectOf().Match(page.Url).Groups["id"].Value;
        await JudgeAsync(page, Of(tenant, project, [.. Pages, .. PersonalPages]), scene, examinedEvery);
    }

    private static IEnumerable<string> Of(string tenant, string project, IEnumerable<string> paths) =>
        paths.Select(path => path.Replace("{t}", tenant, StringComparison.Ordinal)
            .Replace("{p}", project, StringComparison.Ordinal));

    /// <summary>Opens each page: it answers, has no serious fault of accessibility, and fits the window.</summary>
    /// <param name="page">The window.</param>
    /// <param name="paths">The pages.</param>
    /// <param name="scene">Tells the story.</param>
    /// <param name="examinedEvery">Every how many pages one is examined for accessibility; that takes a second.</param>
    private static async Task JudgeAsync(IPage page, IEnumerable<string> paths, Scene scene, int examinedEvery = 1)
    {
        var faults = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                faults.Add($"{page.Url}: {message.Text}");
        };
        foreach (var (number, path) in paths.Index())
        {
            var answer = await page.GotoAsync(path);
            if (answer!.Status != 200)
                faults.Add($"{path}: {answer.Status}");
            if (number % examinedEvery == 0)
            {
                var found = await page.RunAxe();
                faults.AddRange(found.Violations.Where(static v => v.Impact is "serious" or "critical")
                    .Select(v => $"{path}: {v.Id}: {v.Help}: {v.Nodes[0].Html}"));
            }

            if (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"))
                faults.Add($"{path}: is wider than the window");
        }

        scene.Tell("pages judged");
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static async Task SignInAsOperatorAsync(IPage page, Scene scene)
    {
        var token = await File.ReadAllTextAsync(
            Path.Combine(scene.Entrances[0].Node.DataFolder, "operator-token"), scene.Cancellation);
        await page.GotoAsync("/console");
        await Link(page, "Sign in with the operator's token").ClickAsync();
        await page.GetByLabel("Operator's token").FillAsync(token.Trim());
        await ClickAsync(page, "Sign in");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Tenants" })).ToBeVisibleAsync();
    }

    private static async Task<(string Id, string OneTimePassword)> CreateTenantAsync(
        IPage page, string language = "en")
    {
        await page.GotoAsync("/console/platform/tenants/new");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Acme");
        await page.GetByLabel("Billing account").FillAsync($"acme-{Guid.NewGuid():N}");
        await page.GetByLabel("Time zone").FillAsync("Europe/Paris");
        await page.Locator("#f-Language").SelectOptionAsync(language);
        await page.GetByLabel("Currency").FillAsync("EUR");
        await page.GetByLabel("User name of the owner").FillAsync("alice");
        await page.GetByLabel("Mail address of the owner").FillAsync("alice@example.com");
        await ClickAsync(page, "Create");
        var password = await page.GetByLabel("One-time password of alice").InputValueAsync();
        var id = await page.Locator("dd.mono").First.InnerTextAsync();
        return (id, password);
    }

    private static async Task SignInAsOwnerAsync(IPage page, string tenant, string oneTimePassword, bool french = false)
    {
        string Say(string english, string other) => french ? other : english;
        await page.GotoAsync($"/console/sign-in?tenant={tenant}");
        await page.GetByLabel(Say("User name", "Nom d'utilisateur")).FillAsync("alice");
        await page.GetByLabel(Say("Password", "Mot de passe")).FillAsync(oneTimePassword);
        await page.Locator("button[type=submit]").ClickAsync();
        await page.Locator("[name='Input.Current']").FillAsync(oneTimePassword);
        await page.Locator("[name='Input.New']").FillAsync(Password);
        await page.Locator("[name='Input.Again']").FillAsync(Password);
        await page.Locator("button[type=submit]").ClickAsync();
        await Assertions.Expect(page.GetByRole(
            AriaRole.Heading, new() { Name = Say("Overview", "Vue d'ensemble"), Exact = true })).ToBeVisibleAsync();
    }

    private static ILocator Link(IPage page, string name) => page.Locator("main").GetByRole(
        AriaRole.Link, new() { Name = name, Exact = true }).First;

    private static Task ClickAsync(IPage page, string button) =>
        page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>Uses tokens, again while the authorities of the dead node are on their way to another.</summary>
    private static async Task<int> UseAsync(HttpClient http, int tokens)
    {
        while (true)
        {
            using var answer = await http.PostAsJsonAsync(
                "/v1/usage", new { metrics = new { text_tokens = tokens } }, TestContext.Current.CancellationToken);
            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
                return (int)answer.StatusCode;
        }
    }

    [GeneratedRegex("/p/(?<id>[^/?]+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex ProjectOf();
}
