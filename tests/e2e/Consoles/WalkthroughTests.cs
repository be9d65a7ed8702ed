using Microsoft.Playwright;
using Sluice.EndToEnd.Scenes;
using Xunit;
using static Sluice.EndToEnd.Consoles.WalkthroughSteps;

namespace Sluice.EndToEnd.Consoles;

/// <summary>What the scripts of docs/walkthrough do, by clicking alone.</summary>
public sealed class WalkthroughTests
{
    /// <summary>The legend of the thresholds of tokens.</summary>
    private const string Tokens = "Tokens";

    private static readonly TimeSpan AtMost = TimeSpan.FromMinutes(9);

    [Fact]
    [Trait("run", "soak")]
    public async Task TheConsole_FromAnEmptyPlatform_ToAReachedBudget()
    {
        Assert.SkipWhen(ConsoleBrowser.Program is null, "There is no Chromium on this machine.");
        await using var scene = await Scene.OpenAsync(new ScenePlan(1) { AtMost = AtMost });
        await using var browser = await ConsoleBrowser.StartAsync();
        var platform = await ConsolePerson.OperatorAsync(browser, scene);

        // 1. There is one tenant for a billing account.
        var account = $"account-{Guid.NewGuid():N}";
        var (tenant, oneTime) = await CreateTenantAsync(platform, "Aurora", account, "EUR", "ada");
        await platform.GoAsync("Platform", "Tenants");
        await platform.FollowAsync("Create a tenant");
        await EnterTenantAsync(platform, "Aurora", account, "EUR", "ada");
        await platform.IsRefusedAsync();

        // 2. A thousand tokens cost one euro.
        await SetPriceAsync(platform, "EUR", "*, text_tokens, 1000, 1, 0");

        // 3. With a one-time password nothing but a new password is allowed.
        var ada = await ConsolePerson.MemberAsync(browser, scene, tenant, "ada", oneTime);
        await ada.SeesAsync("Overview");

        // 4. People come in by invitation, by a shared link and directly.
        await ada.GoAsync("Tenant", "User Management");
        foreach (var role in (string[])["administrator", "member"])
        {
            await ada.FollowAsync("Invite by mail");
            await ada.EnterAsync("Email", "grace@example.com");
            await ada.EnterAsync("Role", role);
            await ada.PressAsync("Invite");
            if (role == "administrator")
                await ada.SeesAsync("grace@example.com");
            else
                await ada.IsRefusedAsync();
            await ada.GoAsync("Tenant", "User Management");
        }

        var link = await MakeLinkAsync(ada, people: 2);
        var linus = await JoinAsync(browser, scene, link, "linus");
        var barbara = await JoinAsync(browser, scene, link, "barbara");
        var eve = await browser.OpenAsync(scene.Target.BaseAddress);
        Assert.Equal(404, (await eve.GotoAsync(link))!.Status);
        var edsger = await AddMemberAsync(ada, browser, scene, tenant, "edsger", "administrator");

        // 5. An administrator makes projects, and Linus the administrator of one.
        foreach (var name in (string[])["Shop", "Research"])
        {
            await edsger.GoAsync("Tenant", "Project Management");
            await edsger.FollowAsync("Create a project");
            await edsger.EnterAsync("Name", name);
            await edsger.PressAsync("Create");
            await edsger.SeesAsync(name);
        }

        await linus.DoesNotSeeAsync("Tenant");
        await edsger.GoAsync("Tenant", "Project Management");
        await edsger.FollowInRowAsync("Shop", "Members");
        await AddToProjectAsync(edsger, "linus", "project administrator");

        // 6. Linus adds Barbara and makes keys; Barbara makes none; the other project is not there.
        await linus.Page.ReloadAsync();
        await linus.ChooseProjectAsync("Shop");
        await linus.GoAsync("Project", "Member Management");
        await AddToProjectAsync(linus, "barbara", "member");
        var web = await MakeKeyAsync(linus, "web");
        await barbara.Page.Locator(".modes").GetByText("Project", new() { Exact = true }).ClickAsync();
        await barbara.DoesNotSeeAsync("Research");
        await barbara.FollowAsync("Shop");
        await barbara.SeesAsync("Usage Status");
        await barbara.DoesNotSeeAsync("API Key Management");

        // 7. Everybody may have one personal key; it counts in the tenant only.
        await barbara.GoAsync("Personal", "Personal key");
        await barbara.FollowAsync("Create your personal key");
        await barbara.EnterAsync("Name", "mine");
        await barbara.PressAsync("Create");
        var personal = await barbara.ReadAsync("Secret of mine");
        Assert.Equal(200, await UseAsync(scene, personal, 1_000));
        await barbara.GoAsync("Personal", "Personal key");
        await barbara.DoesNotSeeAsync("Create your personal key");

        // 8. Budgets: quota, tenant limit below it, project limit.
        await SetQuotaAsync(platform, "Aurora", "100");
        await SetTenantLimitAsync(ada, "101", warnings: "");
        await ada.IsRefusedAsync();
        await SetTenantLimitAsync(ada, "50", warnings: "80 %");
        await ada.SeesAsync("The limit is in force on all nodes.");
        await SetProjectLimitAsync(edsger, "5", warnings: "4");
        Assert.Equal(200, await UseAsync(scene, web, 4_000));
        Assert.Equal(429, await UseAsync(scene, web, 2_000));
        Assert.Equal(200, await UseAsync(scene, web, 1_000));
        Assert.Equal(429, await UseAsync(scene, web, 1));
        Assert.Equal(200, await UseAsync(scene, personal, 1));
        await SetProjectLimitAsync(edsger, "20", warnings: "");
        Assert.Equal(200, await UseAsync(scene, web, 1));
        await linus.GoAsync("Project", "Project Information");
        await linus.DoesNotSeeAsync("Set a limit");

        // 9. More quota has to be asked for.
        await ada.GoAsync("Tenant", "Usage Limit Settings");
        await ada.FollowAsync("Ask for more quota");
        await ada.EnterAsync("Amount per month in EUR", "500");
        await ada.EnterAsync("Reason", "A launch in December.");
        await ada.PressAsync("Ask");
        await platform.GoAsync("Platform", "Quota requests");
        await platform.FollowInRowAsync("Aurora", "Approve");
        await platform.PressAsync("Approve");
        await platform.SeesAsync("is approved");
        await SetTenantLimitAsync(ada, "400", warnings: "");
        await ada.SeesAsync("The limit is in force on all nodes.");

        // 10. A key that may be known to others is rotated: the old secret is dead when the page says so.
        await linus.GoAsync("Project", "API Key Management");
        await linus.FollowInRowAsync("web", "Rotate");
        await linus.EnterAsync("The old secret works for", "no longer: it ends at once");
        await linus.PressAsync("Make a new secret");
        var fresh = await linus.ReadAsync("New secret of web");
        Assert.Equal(401, await UseAsync(scene, web, 1));
        Assert.Equal(200, await UseAsync(scene, fresh, 1));

        // 11. Barbara leaves: her key and sessions are dead, the keys of the project live on.
        await edsger.GoAsync("Tenant", "User Management");
        await edsger.FollowAsync("barbara");
        await edsger.FollowAsync("Remove");
        await edsger.PressAsync("Remove the member");
        await edsger.SeesAsync("User Management");
        Assert.Equal(401, await UseAsync(scene, personal, 1));
        Assert.Equal(200, await UseAsync(scene, fresh, 1));
        await barbara.Page.ReloadAsync();
        await barbara.SeesAsync("Sign in");

        // 12. Administrators do what the owner does, but not to the owner; she may keep appointing them to herself.
        await SetRoleAsync(edsger, "linus", "administrator");
        await SetRoleAsync(edsger, "linus", "member");
        await edsger.GoAsync("Tenant", "User Management");
        await edsger.FollowAsync("ada");
        await edsger.SeesAsync("Member since");
        await edsger.DoesNotSeeAsync("Remove");
        await ada.GoAsync("Tenant", "Tenant Settings");
        await ada.FollowAsync("Change");
        await ada.CheckAsync("Only the owner appoints administrators");
        await ada.PressAsync("Save");
        await ada.SeesAsync("Tenant Settings");
        await edsger.GoAsync("Tenant", "User Management");
        await edsger.FollowAsync("linus");
        await edsger.FollowAsync("Change");
        await Assertions.Expect(edsger.Page.Locator("option").GetByText("administrator")).ToHaveCountAsync(0);
        await ada.GoAsync("Tenant", "User Management");
        await ada.FollowAsync("edsger");
        await ada.FollowAsync("Hand over the ownership");
        await ada.PressAsync("Make edsger the owner");
        await ada.SeesAsync("owner");
        await SetRoleAsync(edsger, "linus", "administrator");

        // 13. What was used, by project; who did what.
        await edsger.GoAsync("Tenant", "Usage Status");
        await edsger.ChooseAsync("Metric", "Tokens");
        await edsger.ChooseAsync("Group by", "project");
        await edsger.SeesInRowAsync("Shop", "5,003");
        await edsger.GoAsync("Tenant", "Audit");
        await edsger.SeesInRowAsync("edsger", "barbara");
    }

    [Fact]
    [Trait("run", "soak")]
    public async Task TheTokenPlan_WithTenSeats()
    {
        Assert.SkipWhen(ConsoleBrowser.Program is null, "There is no Chromium on this machine.");
        await using var scene = await Scene.OpenAsync(new ScenePlan(1) { AtMost = AtMost });
        await using var browser = await ConsoleBrowser.StartAsync();
        var platform = await ConsolePerson.OperatorAsync(browser, scene);

        // 1. A thousand tokens are one credit.
        var (tenant, oneTime) = await CreateTenantAsync(
            platform, "Borealis", $"account-{Guid.NewGuid():N}", "SGD", "olga");
        await SetPriceAsync(platform, "SGD", "*, text_tokens, 1000, 0, 1");
        var olga = await ConsolePerson.MemberAsync(browser, scene, tenant, "olga", oneTime);

        // 2. Members by name: letters, digits and underscores, no digit first.
        await olga.GoAsync("Tenant", "User Management");
        await olga.FollowAsync("Add a member");
        await olga.EnterAsync("User name", "1st");
        await olga.PressAsync("Add");
        await olga.IsRefusedAsync();
        var max = await AddMemberAsync(olga, browser, scene, tenant, "max_1", "member");
        await AddMemberAsync(olga, browser, scene, tenant, "nora", "member");
        var adam = await AddMemberAsync(olga, browser, scene, tenant, "adam", "administrator");

        // 3. The platform sells a plan of ten seats, five credits a month each.
        await platform.GoAsync("Platform", "Plans and seats");
        await platform.FollowAsync("Borealis");
        await platform.FollowAsync("New plan");
        await platform.EnterAsync("Name of the plan", "team");
        await platform.EnterAsync("Seats", "10");
        await platform.EnterAsync("Credits per seat and month", "5");
        await platform.EnterAsync("Last day", Day(60));
        await platform.PressAsync("Create");
        await platform.SeesInRowAsync("team", "10");
        await olga.GoAsync("Tenant", "Seats");
        await olga.SeesAsync("team");

        // 4. An administrator assigns a seat, makes its key and hands it over; a member has no such page.
        await max.DoesNotSeeAsync("Seats");
        var first = await AssignAsync(adam, "max_1");
        await adam.FollowAsync("Create the key");
        await adam.PressAsync("Create");
        var key = await adam.ReadAsync("Secret of the key of max_1");
        await adam.SeesAsync("Base URL");

        // 5. The key spends its seat's credits, and no more.
        Assert.Equal(200, await UseAsync(scene, key, 5_000, "large"));
        Assert.Equal(429, await UseAsync(scene, key, 1_000, "large"));

        // 6. Reclaimed, the key is dead, and the seat goes to another member at once.
        await adam.GoAsync("Tenant", "Seats");
        await adam.FollowInRowAsync("max_1", "Reclaim");
        await adam.PressAsync("Reclaim the seat");
        await adam.SeesAsync("its key is dead on all nodes");
        Assert.Equal(401, await UseAsync(scene, key, 1, "large"));
        await AssignAsync(adam, "nora", first);
        await AssignAsync(adam, "max_1");
        await adam.FollowAsync("Create the key");
        await adam.PressAsync("Create");
        key = await adam.ReadAsync("Secret of the key of max_1");
        Assert.Equal(200, await UseAsync(scene, key, 1_000, "small"));
        await olga.GoAsync("Tenant", "Seats");
        await olga.SeesInRowAsync("nora", "team");

        // 7 and 8. Who renews is the operator.
        await platform.GoAsync("Platform", "Plans and seats");
        await platform.FollowAsync("Borealis");
        await platform.FollowInRowAsync("team", "Renew");
        await platform.EnterAsync("Last day", Day(90));
        await platform.PressAsync("Renew the plan");
        await platform.SeesAsync("Plans and seats of Borealis");

        // 9. Who used how many credits, by model and by member.
        await olga.GoAsync("Tenant", "Usage Status");
        await olga.ChooseAsync("Metric", "Credits");
        await olga.ChooseAsync("Group by", "model");
        await olga.SeesInRowAsync("large", "5");
        await olga.ChooseAsync("Group by", "member");
        await olga.SeesInRowAsync("max_1", "6");
    }

    [Fact]
    [Trait("run", "soak")]
    public async Task AccountThresholds_FireOnce_AndOnlyThePlatformSetsThem()
    {
        Assert.SkipWhen(ConsoleBrowser.Program is null, "There is no Chromium on this machine.");
        await using var scene = await Scene.OpenAsync(new ScenePlan(1) { AtMost = AtMost });
        await using var browser = await ConsoleBrowser.StartAsync();
        var platform = await ConsolePerson.OperatorAsync(browser, scene);
        var (_, _) = await CreateTenantAsync(
            platform, "Cassiopeia", $"account-{Guid.NewGuid():N}", "EUR", "claire");
        await platform.FollowAsync("Create an API key");
        await platform.EnterAsync("Name", "calls");
        await platform.PressAsync("Create");
        var key = await platform.ReadAsync("Secret of calls");
        Assert.Equal(200, await UseAsync(scene, key, 1_000_000));

        // A warning needs an address; a blocked value does not.
        await OpenThresholdsAsync(platform);
        await platform.EnterAsync("Warnings", "2,000,000", Tokens);
        await platform.PressAsync("Save");
        await platform.IsRefusedAsync();
        await platform.EnterAsync("Warnings", "1500000; 1800000", Tokens);
        await platform.EnterAsync("Blocked", "2000000", Tokens);
        await platform.EnterAsync("Recipients of warnings", "pm@example.com");
        await platform.EnterAsync("Recipients when requests are refused", "pm@example.com\nalerts@example.com");
        await platform.EnterAsync("Language of the mails", "Français");
        await platform.PressAsync("Save");
        await platform.SeesAsync("The thresholds are in force on all nodes.");

        Assert.Equal(200, await UseAsync(scene, key, 600_000));
        Assert.Equal(429, await UseAsync(scene, key, 500_000));
        Assert.Equal(200, await UseAsync(scene, key, 400_000));
        Assert.Equal(429, await UseAsync(scene, key, 1));

        // Each that was crossed is in the list of notifications, once.
        await platform.GoAsync("Platform", "Tenants");
        await platform.FollowAsync("Cassiopeia");
        await platform.GoAsync("Tenant", "Notifications");
        foreach (var threshold in (string[])["1,500,000", "1,800,000", "2,000,000"])
            await platform.SeesAsync(threshold);

        await OpenThresholdsAsync(platform);
        await platform.EnterAsync("Blocked", "", Tokens);
        await platform.EnterAsync("Warnings", "", Tokens);
        await platform.EnterAsync("Recipients of warnings", "");
        await platform.EnterAsync("Recipients when requests are refused", "");
        await platform.PressAsync("Save");
        await platform.SeesAsync("The thresholds are in force on all nodes.");
        Assert.Equal(200, await UseAsync(scene, key, 5_000_000));
    }
}
