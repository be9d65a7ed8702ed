using System.Net;
using System.Net.Http.Json;
using Microsoft.Playwright;
using Sluice.EndToEnd.Scenes;
using Xunit;
using static Sluice.EndToEnd.Consoles.ConsoleSteps;

namespace Sluice.EndToEnd.Consoles;

/// <summary>
/// People who click, in a real browser, in front of three nodes behind one address that hands connections out in turn.
/// </summary>
public sealed class ConsoleTests
{
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
        await Assertions.Expect(page.GetByText("Must be a number such as")).ToBeVisibleAsync();
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
}
