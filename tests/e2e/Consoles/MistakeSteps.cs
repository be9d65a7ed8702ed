using Microsoft.Playwright;
using Xunit;

namespace Sluice.EndToEnd.Consoles;

/// <summary>What people get wrong, and what the console then says and does.</summary>
internal static class MistakeSteps
{
    /// <summary>A page that is not there, or not for who asks, is a page: with a way on, and no numbers.</summary>
    public static async Task AskForWhatIsNotTheirsAsync(DemoScene demo, IPage page)
    {
        var tenant = $"/console/t/{demo.Account("zoe").TenantId}";
        foreach (var address in (string[])[$"{tenant}/limits", $"{tenant}/p/p0000000001a/usage", "/console/nothing"])
        {
            var answer = await page.Context.APIRequest.GetAsync(address);
            var text = await answer.TextAsync();
            Assert.True(answer.Status == 404, $"{address}: {answer.Status}");
            Assert.Contains("<h1>", text);
            Assert.Contains("class=\"side\"", text);
            Assert.DoesNotContain("<table", text);
        }
    }

    /// <summary>A key whose limit is refused is not made, and the limit's field says why.</summary>
    public static async Task MakeAKeyWithABadLimitAsync(ConsolePerson owner)
    {
        await owner.ChooseProjectAsync("Meeting notes");
        await owner.GoAsync("Project", "API Key Management");
        await owner.FollowAsync("Create an API key");
        await owner.EnterAsync("Name", "half done");
        (string Entered, string Said)[] mistakes = [("-5", "Must be 0 or more."), ("10,24", "such as 1,234.5")];
        foreach (var (entered, said) in mistakes)
        {
            await owner.EnterAsync("Monthly limit in XTS", entered);
            await owner.PressAsync("Create");
            await owner.SeesAsync(said);
        }

        await owner.GoAsync("Project", "API Key Management");
        await owner.DoesNotSeeAsync("half done");
    }

    /// <summary>
    /// Of two windows that edit one limit, the second one learns of the first, sees its value, and can go on.
    /// </summary>
    public static async Task EditALimitInTwoWindowsAsync(ConsolePerson owner, string tenantId)
    {
        await owner.GoAsync("Tenant", "Usage Limit Settings");
        await owner.FollowAsync("Set the tenant's limit");
        var other = await owner.Page.Context.NewPageAsync();
        await other.GotoAsync($"/console/t/{tenantId}/limits/change?scope=tenant&id={tenantId}&metric=amount");
        await other.GetByLabel("Limit in XTS").FillAsync("12,000");
        await other.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(other.GetByText("in force on all nodes")).ToBeVisibleAsync();

        await owner.EnterAsync("Limit in XTS", "11,000");
        await owner.PressAsync("Save");
        await owner.SeesAsync("Someone else has changed it meanwhile");
        await owner.FollowAsync("Look at it as it is now");
        await Assertions.Expect(owner.Page.GetByLabel("Limit in XTS")).ToHaveValueAsync("12,000");
        await owner.EnterAsync("Limit in XTS", "11,000");
        await owner.PressAsync("Save");
        await owner.SeesAsync("in force on all nodes");
    }
}
