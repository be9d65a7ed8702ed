using System.Globalization;
using System.Net.Http.Json;
using Sluice.EndToEnd.Scenes;
using Xunit;

namespace Sluice.EndToEnd.Consoles;

/// <summary>The steps of <see cref="WalkthroughTests"/> that come more than once.</summary>
internal static class WalkthroughSteps
{
    public static string Day(int ahead) =>
        Scene.Time.GetUtcNow().AddDays(ahead).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static async Task<(string Id, string OneTimePassword)> CreateTenantAsync(
        ConsolePerson platform, string name, string account, string currency, string owner)
    {
        await platform.GoAsync("Platform", "Tenants");
        await platform.FollowAsync("Create a tenant");
        await EnterTenantAsync(platform, name, account, currency, owner);
        var password = await platform.ReadAsync($"One-time password of {owner}");
        return (await platform.Page.Locator("dd.mono").First.InnerTextAsync(), password);
    }

    public static async Task EnterTenantAsync(
        ConsolePerson platform, string name, string account, string currency, string owner)
    {
        await platform.EnterAsync("Name", name);
        await platform.EnterAsync("Billing account", account);
        await platform.EnterAsync("Time zone", "Europe/Paris");
        await platform.EnterAsync("Language", "English");
        await platform.EnterAsync("Currency", currency);
        await platform.EnterAsync("User name of the owner", owner);
        await platform.EnterAsync("Mail address of the owner", $"{owner}@example.com");
        await platform.PressAsync("Create");
    }

    public static async Task SetPriceAsync(ConsolePerson platform, string currency, string line)
    {
        await platform.GoAsync("Platform", "Price book");
        await platform.FollowAsync("New prices");
        await platform.EnterAsync("Currency", currency);
        await platform.EnterAsync("Prices", line);
        await platform.PressAsync("Put into force");
        await platform.SeesAsync("text_tokens");
    }

    public static async Task<string> MakeLinkAsync(ConsolePerson administrator, int people)
    {
        await administrator.GoAsync("Tenant", "User Management");
        await administrator.FollowAsync("Make an invitation link");
        await administrator.EnterAsync("Role", "member");
        await administrator.EnterAsync("How many people", people.ToString(CultureInfo.InvariantCulture));
        await administrator.EnterAsync("Expires on", Day(3));
        await administrator.PressAsync("Make the link");
        return new Uri(await administrator.ReadAsync("Link to share")).PathAndQuery;
    }

    /// <summary>Accepts an invitation and signs in from the page that says so.</summary>
    public static async Task<ConsolePerson> JoinAsync(
        ConsoleBrowser browser, Scene scene, string link, string userName)
    {
        var page = await browser.OpenAsync(scene.Target.BaseAddress);
        await page.GotoAsync(link);
        await page.GetByLabel("User name").FillAsync(userName);
        await page.GetByLabel("Password").FillAsync(ConsoleSteps.Password);
        await ConsoleSteps.ClickAsync(page, "Join the account");
        await page.GetByText("Sign in", new() { Exact = true }).ClickAsync();
        var person = new ConsolePerson(page);
        await person.SignInAsync(userName, ConsoleSteps.Password);
        await person.SeesAsync("Overview");
        return person;
    }

    public static async Task<ConsolePerson> AddMemberAsync(
        ConsolePerson administrator, ConsoleBrowser browser, Scene scene, string tenant, string userName, string role)
    {
        await administrator.GoAsync("Tenant", "User Management");
        await administrator.FollowAsync("Add a member");
        await administrator.EnterAsync("User name", userName);
        await administrator.EnterAsync("Role", role);
        await administrator.PressAsync("Add");
        var password = await administrator.ReadAsync($"One-time password of {userName}");
        return await ConsolePerson.MemberAsync(browser, scene, tenant, userName, password);
    }

    public static async Task AddToProjectAsync(ConsolePerson administrator, string userName, string role)
    {
        await administrator.FollowAsync("Add a member");
        await administrator.EnterAsync("Member", userName);
        await administrator.EnterAsync("Role in the project", role);
        await administrator.PressAsync("Add");
        await administrator.SeesInRowAsync(userName, role);
    }

    public static async Task<string> MakeKeyAsync(ConsolePerson administrator, string name)
    {
        await administrator.GoAsync("Project", "API Key Management");
        await administrator.FollowAsync("Create an API key");
        await administrator.EnterAsync("Name", name);
        await administrator.PressAsync("Create");
        return await administrator.ReadAsync($"Secret of {name}");
    }

    public static async Task SetQuotaAsync(ConsolePerson platform, string tenant, string amount)
    {
        await platform.GoAsync("Platform", "Tenants");
        await platform.FollowInRowAsync(tenant, "Details");
        await platform.FollowAsync("Set the quota");
        await platform.EnterAsync("Quota in EUR per month", amount);
        await platform.PressAsync("Save");
        await platform.SeesAsync("Open the tenant");
    }

    public static async Task SetTenantLimitAsync(ConsolePerson administrator, string value, string warnings)
    {
        await administrator.GoAsync("Tenant", "Usage Limit Settings");
        await administrator.FollowAsync("Set the tenant's limit");
        await administrator.EnterAsync("Limit in EUR", value);
        await administrator.EnterAsync("Warn at", warnings);
        await administrator.PressAsync("Save");
    }

    public static async Task SetProjectLimitAsync(ConsolePerson administrator, string value, string warnings)
    {
        await administrator.ChooseProjectAsync("Shop");
        await administrator.GoAsync("Project", "Project Information");
        await administrator.FollowAsync("Set a limit");
        await administrator.EnterAsync("Limit in EUR", value);
        await administrator.EnterAsync("Warn at", warnings);
        await administrator.PressAsync("Save");
        await administrator.SeesAsync("The limit is in force on all nodes.");
    }

    public static async Task SetRoleAsync(ConsolePerson administrator, string userName, string role)
    {
        await administrator.GoAsync("Tenant", "User Management");
        await administrator.FollowAsync(userName);
        await administrator.FollowAsync("Change");
        await administrator.EnterAsync("Role", role);
        await administrator.PressAsync("Save");
        await administrator.SeesAsync("Member since");
        await administrator.SeesAsync(role);
    }

    /// <summary>Assigns a free seat: the first one, or one that is named.</summary>
    /// <returns>The id of the seat.</returns>
    public static async Task<string> AssignAsync(ConsolePerson administrator, string userName, string? seat = null)
    {
        await administrator.GoAsync("Tenant", "Seats");
        await administrator.FollowInRowAsync(seat ?? "unassigned", "Assign");
        await administrator.EnterAsync("Member", userName);
        await administrator.PressAsync("Assign");
        await administrator.SeesAsync($"Seat of {userName}");
        return new Uri(administrator.Page.Url).Segments[^1];
    }

    public static async Task OpenThresholdsAsync(ConsolePerson platform)
    {
        await platform.GoAsync("Platform", "Account thresholds");
        await platform.FollowAsync("Cassiopeia");
    }

    /// <summary>Uses tokens; says why if that is neither done nor refused.</summary>
    public static async Task<int> UseAsync(Scene scene, string secret, int tokens, string model = "any")
    {
        using var http = new HttpClient { BaseAddress = scene.Target.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        using var answer = await http.PostAsJsonAsync(
            "/v1/usage", new { model, metrics = new { text_tokens = tokens } }, scene.Cancellation);
        if ((int)answer.StatusCode >= 500)
            Assert.Fail(await answer.Content.ReadAsStringAsync(scene.Cancellation));
        return (int)answer.StatusCode;
    }
}
