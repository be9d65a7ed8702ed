using Microsoft.Playwright;
using Xunit;

namespace Sluice.EndToEnd.Consoles;

/// <summary>
/// The pictures of the console's manual. With <c>SLUICE_PICTURES</c> set to a folder they are written there; otherwise
/// it is only seen to that they can be made.
/// </summary>
public sealed class PictureTests
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("SLUICE_PICTURES");

    [Fact]
    [Trait("run", "soak")]
    public async Task TheMainPages_HaveTheirPicture()
    {
        Assert.SkipWhen(ConsoleBrowser.Program is null, "There is no Chromium on this machine.");
        await using var demo = await DemoScene.OpenAsync(nodes: 1, TimeSpan.FromMinutes(20));
        var tenant = $"/console/t/{demo.Account("hana").TenantId}";

        foreach (var (width, dark) in ((int, bool)[])[(1_440, false), (375, true)])
        {
            var look = dark ? "narrow-dark" : "wide";
            var owner = await demo.OpenAsync("hana", width, dark);
            await TakeAsync(owner, tenant, $"overview-{look}");
            await TakeAsync(owner, $"{tenant}/usage?by=key", $"usage-{look}");
            await TakeAsync(owner, $"{tenant}/limits", $"limits-{look}");
            await TakeAsync(owner, $"{tenant}/notifications", $"notifications-{look}");
            await owner.GotoAsync($"{tenant}/pick");
            await ConsoleSteps.Link(owner, "Call centre").ClickAsync();
            await Assertions.Expect(owner.Locator(".picker")).ToBeVisibleAsync();
            await TakeAsync(owner, owner.Url, $"keys-{look}");
            var team = await demo.OpenAsync("claire", width, dark);
            await TakeAsync(team, $"/console/t/{demo.Account("claire").TenantId}/seats", $"seats-{look}");
            var platform = await demo.OpenAsOperatorAsync(width, dark);
            await TakeAsync(platform, "/console/platform", $"tenants-{look}");
            await TakeAsync(platform, "/console/platform/prices", $"prices-{look}");
        }
    }

    private static async Task TakeAsync(IPage page, string address, string name)
    {
        await page.GotoAsync(address);
        var picture = await page.ScreenshotAsync(new()
        {
            FullPage = true,
            Path = Folder is null ? null : Path.Combine(Folder, name + ".png"),
        });
        Assert.True(picture.Length > 10_000, $"{name} is empty");
    }
}
