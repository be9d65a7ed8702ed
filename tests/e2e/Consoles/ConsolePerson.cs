using Microsoft.Playwright;
using Sluice.EndToEnd.Scenes;

namespace Sluice.EndToEnd.Consoles;

/// <summary>
/// Someone before a window of the console, who finds everything by its English name and only clicks and types.
/// </summary>
internal sealed class ConsolePerson(IPage page)
{
    private static readonly LocatorAssertionsToHaveTextOptions Exactly = new() { IgnoreCase = false };

    /// <summary>While a node does not answer, a page is asked for several times.</summary>
    private static readonly LocatorAssertionsToHaveCountOptions PageAtMost = new() { Timeout = 60_000 };

    public IPage Page => page;

    private ILocator Main => page.Locator("main");

    /// <summary>Opens a window, signs in as the operator.</summary>
    public static async Task<ConsolePerson> OperatorAsync(ConsoleBrowser browser, Scene scene)
    {
        var page = await browser.OpenAsync(scene.Target.BaseAddress);
        await ConsoleSteps.SignInAsOperatorAsync(page, scene);
        return new ConsolePerson(page).AcceptsAll();
    }

    /// <summary>Opens a window, signs in, and replaces the password if it is a one-time password.</summary>
    public static async Task<ConsolePerson> MemberAsync(
        ConsoleBrowser browser, Scene scene, string tenantId, string userName, string password)
    {
        var page = await browser.OpenAsync(scene.Target.BaseAddress);
        await page.GotoAsync($"/console/sign-in?tenant={tenantId}");
        var person = new ConsolePerson(page).AcceptsAll();
        await person.SignInAsync(userName, password);
        return person;
    }

    /// <summary>Fills in the page for signing in.</summary>
    public async Task SignInAsync(string userName, string password)
    {
        await EnterAsync("User name", userName);
        await EnterAsync("Password", password);
        await PressAsync("Sign in");
        if (password == ConsoleSteps.Password)
            return;
        await EnterAsync("One-time password", password);
        await EnterAsync("New password", ConsoleSteps.Password);
        await EnterAsync("New password again", ConsoleSteps.Password);
        await PressAsync("Change the password");
        await Assertions.Expect(page.Locator(".modes")).ToBeVisibleAsync();
    }

    /// <summary>Goes to a page of the navigation.</summary>
    public async Task GoAsync(string mode, string name)
    {
        var modes = page.Locator(".modes");
        if (await modes.Locator("[aria-current]").InnerTextAsync() != mode)
            await LeaveAsync(modes.GetByText(mode, new() { Exact = true }));
        await Assertions.Expect(modes.Locator("[aria-current]")).ToHaveTextAsync(mode, Exactly);
        var side = page.Locator(".side");
        await LeaveAsync(side.GetByText(name, new() { Exact = true }));
        await Assertions.Expect(side.Locator("[aria-current]")).ToHaveTextAsync(name, Exactly);
    }

    /// <summary>Chooses the project of the mode Project.</summary>
    public async Task ChooseProjectAsync(string name)
    {
        if (await page.Locator(".picker").CountAsync() > 0)
            await LeaveAsync(page.Locator(".picker"));
        else
            await LeaveAsync(page.Locator(".modes").GetByText("Project", new() { Exact = true }));
        await FollowAsync(name);
        await Assertions.Expect(page.Locator(".picker")).ToHaveTextAsync(name);
    }

    /// <summary>Follows a link on the page.</summary>
    public Task FollowAsync(string link) => LeaveAsync(
        Main.Locator("a").GetByText(link, new() { Exact = true }).Or(
            Main.GetByRole(AriaRole.Link, new() { Name = link, Exact = true })).First);

    /// <summary>Follows a link in the row of a table or list.</summary>
    public Task FollowInRowAsync(string row, string link) => LeaveAsync(
        Main.Locator("tr, li").Filter(new() { HasText = row }).First
            .Locator("a").Filter(new() { HasText = link }).First);

    /// <summary>Sends the form.</summary>
    public Task PressAsync(string button) =>
        LeaveAsync(Main.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }));

    /// <summary>Enters a value into a field, or chooses it.</summary>
    /// <param name="label">The label of the field.</param>
    /// <param name="value">The value, or the text of the choice.</param>
    /// <param name="group">The legend of the fields among which it is; null for none.</param>
    public async Task EnterAsync(string label, string value, string? group = null)
    {
        var fields = group is null ? Main : Main.Locator("fieldset").Filter(new() { HasText = group });
        var field = fields.GetByLabel(label, new() { Exact = true }).First;
        if (await field.EvaluateAsync<string>("field => field.tagName") == "SELECT")
            await field.SelectOptionAsync(new SelectOptionValue { Label = value });
        else
            await field.FillAsync(value);
    }

    /// <summary>Chooses what a page is to show.</summary>
    public Task ChooseAsync(string label, string value) => LeaveAsync(() => EnterAsync(label, value));

    /// <summary>Checks a box.</summary>
    public Task CheckAsync(string label) => Main.GetByLabel(label, new() { Exact = true }).CheckAsync();

    /// <summary>Reads a secret that is shown once.</summary>
    public Task<string> ReadAsync(string label) => Main.GetByLabel(label, new() { Exact = true }).InputValueAsync();

    /// <summary>Waits until a text is seen.</summary>
    public Task SeesAsync(string text) => Assertions.Expect(Main.GetByText(text).First).ToBeVisibleAsync();

    /// <summary>Waits until a row with both texts is seen.</summary>
    public Task SeesInRowAsync(string row, string text) => Assertions.Expect(
        Main.Locator("tr, li").Filter(new() { HasText = row }).Filter(new() { HasText = text }).First)
        .ToBeVisibleAsync();

    /// <summary>Waits until the page says that something was refused, beside a field or as a whole.</summary>
    public Task IsRefusedAsync() =>
        Assertions.Expect(Main.Locator(".error, .notice.bad").First).ToBeVisibleAsync();

    /// <summary>Waits until a link is not there, nor in the navigation.</summary>
    public Task DoesNotSeeAsync(string text) =>
        Assertions.Expect(page.Locator("a").GetByText(text, new() { Exact = true })).ToHaveCountAsync(0);

    /// <summary>Clicks, and waits until the next page is there, or this one was made again.</summary>
    private Task LeaveAsync(ILocator target) => LeaveAsync(() => target.ClickAsync());

    private async Task LeaveAsync(Func<Task> act)
    {
        await page.EvaluateAsync("document.body.dataset.left = ''");
        await act();
        await Assertions.Expect(page.Locator("body:not([data-left])")).ToHaveCountAsync(1, PageAtMost);
    }

    /// <summary>Answers yes when a page asks before it is left.</summary>
    private ConsolePerson AcceptsAll()
    {
        page.Dialog += static (_, dialog) => _ = dialog.AcceptAsync();
        return this;
    }
}
