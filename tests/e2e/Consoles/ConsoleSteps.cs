using Microsoft.Playwright;
using Sluice.EndToEnd.Scenes;
using Sluice.LoadTest.Demo.Platform;

namespace Sluice.EndToEnd.Consoles;

/// <summary>What people do in the console time and again.</summary>
internal static class ConsoleSteps
{
    public const string Password = "a horse that counts to ten";

    public static async Task SignInAsOperatorAsync(IPage page, Scene scene)
    {
        var token = await File.ReadAllTextAsync(
            Path.Combine(scene.Entrances[0].Node.DataFolder, "operator-token"), scene.Cancellation);
        await page.GotoAsync("/console");
        await Link(page, "Sign in with the operator's token").ClickAsync();
        await page.GetByLabel("Operator's token").FillAsync(token.Trim());
        await ClickAsync(page, "Sign in");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Tenants" })).ToBeVisibleAsync();
    }

    public static async Task<(string Id, string OneTimePassword)> CreateTenantAsync(
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

    public static async Task SignInAsOwnerAsync(IPage page, string tenant, string oneTimePassword, bool french = false)
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

    public static ILocator Link(IPage page, string name) => page.Locator("main").GetByRole(
        AriaRole.Link, new() { Name = name, Exact = true }).First;

    public static Task ClickAsync(IPage page, string button) =>
        page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>Signs in someone whose password is known.</summary>
    public static async Task SignInAsync(IPage page, DemoAccount account)
    {
        await page.GotoAsync($"/console/sign-in?tenant={account.TenantId}");
        await page.Locator("[name='Input.UserName']").FillAsync(account.UserName);
        await page.Locator("[name='Input.Password']").FillAsync(account.Password);
        await page.Locator("button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator(".modes")).ToBeVisibleAsync();
    }
}
