using Microsoft.Playwright;
using Sluice.EndToEnd.Scenes;
using Sluice.LoadTest.Demo;
using Sluice.LoadTest.Demo.Platform;
using Sluice.LoadTest.Demo.Prices;

namespace Sluice.EndToEnd.Consoles;

/// <summary>A platform as <c>./run demo</c> makes it, and a browser before it.</summary>
internal sealed class DemoScene : IAsyncDisposable
{
    private DemoScene(Scene scene, ConsoleBrowser browser) => (Scene, Browser) = (scene, browser);

    public Scene Scene { get; }

    public ConsoleBrowser Browser { get; }

    public IReadOnlyList<DemoAccount> People { get; private set; } = [];

    public static async Task<DemoScene> OpenAsync(int nodes, TimeSpan atMost)
    {
        var demo = new DemoScene(
            await Scene.OpenAsync(new ScenePlan(nodes) { AtMost = atMost }), await ConsoleBrowser.StartAsync());
        try
        {
            await demo.FillAsync();
            return demo;
        }
        catch
        {
            await demo.DisposeAsync();
            throw;
        }
    }

    /// <summary>Gets an account by its user name.</summary>
    public DemoAccount Account(string userName) => People.First(person => person.UserName == userName);

    /// <summary>Opens a window in which the operator has signed in.</summary>
    public async Task<IPage> OpenAsOperatorAsync(int width = 1_440, bool dark = false)
    {
        var page = await Browser.OpenAsync(Scene.Target.BaseAddress, width, dark);
        await ConsoleSteps.SignInAsOperatorAsync(page, Scene);
        return page;
    }

    /// <summary>Opens a window in which a member has signed in.</summary>
    public async Task<IPage> OpenAsync(string userName, int width = 1_440, bool dark = false)
    {
        var page = await Browser.OpenAsync(Scene.Target.BaseAddress, width, dark);
        await ConsoleSteps.SignInAsync(page, Account(userName));
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        await Scene.DisposeAsync();
    }

    private async Task FillAsync()
    {
        var folder = Scene.Entrances[0].Node.DataFolder;
        string TokenOf(string name) => File.ReadAllText(Path.Combine(folder, name)).Trim();
        using var http = new HttpClient { BaseAddress = Scene.Target.BaseAddress };
        var calls = new DemoCalls(http, TokenOf("operator-token"), TokenOf("gateway-token"));
        await Scene.Management.PutPriceBookAsync(
            Scene.Time.GetUtcNow(), DemoPrices.Currency, DemoPrices.Book, Scene.Cancellation);
        var platform = new DemoPlatform(
            calls, Path.Combine(folder, "demo-accounts.json"), TextWriter.Null, Scene.Time);
        People = await platform.FindOrBuildAsync(Scene.Fleet.Tenants[0], Scene.Cancellation);
        Scene.Tell("the demo is there");
    }
}
