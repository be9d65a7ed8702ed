using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Sluice.EndToEnd.Scenes;
using Xunit;

namespace Sluice.EndToEnd.Consoles;

/// <summary>What happens around a page that is open.</summary>
public sealed partial class FaultTests
{
    private const int NameMax = 100;

    [Fact]
    [Trait("run", "soak")]
    public async Task WhatOthersDoMeanwhile_IsSaid_AndNothingIsOverwritten()
    {
        Assert.SkipWhen(ConsoleBrowser.Program is null, "There is no Chromium on this machine.");
        await using var demo = await DemoScene.OpenAsync(nodes: 1, TimeSpan.FromMinutes(9));
        var tenant = demo.Account("hana").TenantId;
        var hana = await OpenAsync(demo, "hana");
        var kenji = await OpenAsync(demo, "kenji");

        // Two edit one limit: the second one gets an error.
        foreach (var person in (ConsolePerson[])[hana, kenji])
        {
            await person.GoAsync("Tenant", "Usage Limit Settings");
            await person.FollowAsync("Set the tenant's limit");
        }

        var (first, second) = ("8,000", "9,000");
        await hana.EnterAsync("Limit in XTS", first);
        await hana.PressAsync("Save");
        await hana.SeesAsync("The limit is in force on all nodes.");
        await kenji.EnterAsync("Limit in XTS", second);
        await kenji.PressAsync("Save");
        await kenji.SeesAsync("Someone else has changed it meanwhile");
        await hana.Page.ReloadAsync();
        await hana.SeesAsync(first);
        await hana.DoesNotSeeAsync(second);

        // A key that another has deleted.
        foreach (var person in (ConsolePerson[])[hana, kenji])
        {
            await person.ChooseProjectAsync("Meeting notes");
            await person.GoAsync("Project", "API Key Management");
            await person.FollowInRowAsync("notes", "Delete");
        }

        await hana.PressAsync("Delete the key");
        await hana.SeesAsync("no node accepts it any more");
        await kenji.PressAsync("Delete the key");
        await kenji.SeesAsync("no node accepts it any more");

        // A role that is taken away while a page is open.
        await kenji.GoAsync("Tenant", "Project Management");
        await kenji.FollowAsync("Create a project");
        await kenji.EnterAsync("Name", "Too late");
        await hana.GoAsync("Tenant", "User Management");
        await hana.FollowAsync("kenji");
        await hana.FollowAsync("Change");
        await hana.EnterAsync("Role", "member");
        await hana.PressAsync("Save");
        await hana.SeesAsync("Member since");
        await kenji.PressAsync("Create");
        await kenji.IsRefusedAsync();
        await hana.GoAsync("Tenant", "Project Management");
        await hana.DoesNotSeeAsync("Too late");

        // A session that is ended elsewhere: one signs in again, and is where one was.
        await hana.GoAsync("Tenant", "User Management");
        await hana.FollowAsync("kenji");
        await hana.FollowAsync("Reset the password");
        await hana.PressAsync("Make a one-time password");
        await kenji.Page.GotoAsync($"/console/t/{tenant}/pick");
        await kenji.SeesAsync("Sign in");

        // Names of wide characters and from right to left.
        var wide = string.Concat(Enumerable.Repeat("漢", NameMax));
        foreach (var name in (string[])[wide, "مشروع <b>الأول</b>"])
        {
            await hana.GoAsync("Tenant", "Project Management");
            await hana.FollowAsync("Create a project");
            await hana.EnterAsync("Name", name);
            await hana.PressAsync("Create");
            await hana.SeesAsync(name);
            await hana.ChooseProjectAsync(name);
            await hana.Page.SetViewportSizeAsync(375, 800);
            Assert.False(await hana.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"));
            await hana.Page.SetViewportSizeAsync(1_440, 900);
        }

        // A month without usage.
        await hana.Page.GotoAsync($"/console/t/{tenant}/usage?from=2026-01-01&to=2026-01-31&groupBy=day");
        Assert.Equal(0, await hana.Page.Locator(".notice.bad").CountAsync());
    }

    /// <summary>PostgreSQL is away for ten seconds: pages say so, nothing is done; all goes on afterwards.</summary>
    [Fact]
    [Trait("run", "soak")]
    public async Task WhileTheStoreIsAway_PagesSaySo_AndGoOnAfterwards()
    {
        Assert.SkipWhen(ConsoleBrowser.Program is null, "There is no Chromium on this machine.");
        await using var demo = await DemoScene.OpenAsync(nodes: 1, TimeSpan.FromMinutes(9));
        var hana = await OpenAsync(demo, "hana");
        await hana.GoAsync("Tenant", "Project Management");
        await hana.FollowAsync("Create a project");
        await hana.EnterAsync("Name", "In between");
        await demo.Scene.Store.StopAsync();
        var away = Task.Delay(TimeSpan.FromSeconds(10), Scene.Time, demo.Scene.Cancellation);
        await hana.PressAsync("Create");
        await hana.IsRefusedAsync();
        var elsewhere = await hana.Page.Context.NewPageAsync();
        var answer = await elsewhere.GotoAsync("/console");
        Assert.StartsWith("text/html", answer!.Headers["content-type"], StringComparison.Ordinal);
        await Assertions.Expect(elsewhere.Locator(".notice.bad")).ToBeVisibleAsync();
        await away;
        await demo.Scene.Store.StartAgainAsync();
        await demo.Scene.Entrances[0].Node.ReadyAsync(demo.Scene.Cancellation);

        // What was entered is still there.
        while (await hana.Page.Locator(".notice.bad").CountAsync() > 0)
            await hana.FollowAsync("Try again");
        Assert.Equal("In between", await hana.ReadAsync("Name"));
        await hana.PressAsync("Create");
        await hana.SeesAsync("In between");
        Assert.Equal(1, await hana.Page.Locator("main th").Filter(new() { HasText = "In between" }).CountAsync());
    }

    [Fact]
    [Trait("run", "soak")]
    public async Task ASecondFactor_IsSwitchedOnWithAQrCode_AndRecoveryCodesSignInOnce()
    {
        Assert.SkipWhen(ConsoleBrowser.Program is null, "There is no Chromium on this machine.");
        await using var demo = await DemoScene.OpenAsync(nodes: 1, TimeSpan.FromMinutes(9));
        var hana = await OpenAsync(demo, "hana");
        await hana.GoAsync("Personal", "Security");
        await hana.FollowAsync("Switch on the second factor");
        await hana.PressAsync("Show the QR code");
        await Assertions.Expect(hana.Page.Locator("svg.qr")).ToBeVisibleAsync();
        var secret = await hana.Page.Locator("main code").First.InnerTextAsync();
        await hana.EnterAsync("Code", "000000");
        await hana.PressAsync("Confirm");
        await hana.IsRefusedAsync();
        await hana.EnterAsync("Code", Totp.CodeAt(secret, Scene.Time.GetUtcNow()));
        await hana.PressAsync("Confirm");
        await hana.SeesAsync("The second factor is on");
        var recovery = (await hana.Page.Locator("#codes").InnerTextAsync()).Split('\n')[0].Trim();

        // The code that confirmed it is spent: the next one is of the next half minute.
        var account = demo.Account("hana");
        var next = Totp.CodeAt(secret, Scene.Time.GetUtcNow().AddSeconds(30));
        await SignInAgainAsync(demo, hana, account.Password, next);
        await hana.SeesAsync("Overview");
        await SignInAgainAsync(demo, hana, account.Password, recovery);
        await hana.SeesAsync("Overview");
        await SignInAgainAsync(demo, hana, account.Password, recovery);
        await hana.IsRefusedAsync();
    }

    private static async Task SignInAgainAsync(DemoScene demo, ConsolePerson person, string password, string code)
    {
        await person.Page.GotoAsync("/console/sign-out");
        if (!SignIn().IsMatch(person.Page.Url))
            await person.PressAsync("Sign out");
        await person.Page.GotoAsync($"/console/sign-in?tenant={demo.Account("hana").TenantId}");
        await person.EnterAsync("User name", "hana");
        await person.EnterAsync("Password", password);
        await person.PressAsync("Sign in");
        await person.EnterAsync("Code of the second factor, or a recovery code", code);
        await person.EnterAsync("Password", password);
        await person.PressAsync("Sign in");
    }

    private static async Task<ConsolePerson> OpenAsync(DemoScene demo, string userName)
    {
        var page = await demo.OpenAsync(userName);
        page.Dialog += static (_, dialog) => _ = dialog.AcceptAsync();
        return new ConsolePerson(page);
    }

    [GeneratedRegex("/sign-in", RegexOptions.None, 1_000)]
    private static partial Regex SignIn();
}
