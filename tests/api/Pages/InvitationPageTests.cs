using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sluice.Api.Tests.Management.Invitations;
using Xunit;

namespace Sluice.Api.Tests.Pages;

/// <summary>Where the links of invitations lead: a page with a form, which works without a script.</summary>
[Collection<MembersNode>]
public sealed class InvitationPageTests(NodeHost host)
{
    private const string Path = "/invitations/accept";
    private const string Password = "correct horse battery";

    [Fact]
    public async Task TheLink_SaysWhoInvitesToWhatAsWhat_AndTheFormLetsIn()
    {
        var owner = await Person.OwnerAsync(host);
        var token = (await owner.InviteAsync("bob@example.com", "administrator")).Token();

        var page = (await OpenAsync(token)).Is(HttpStatusCode.OK);
        Assert.Equal("text/html", page.ContentType);
        Assert.Contains("ada invites you to join the account “Aurora”.", page.Text);
        foreach (var fact in new[] { "Aurora", "administrator", "bob@example.com" })
            Assert.Contains($"<dd>{fact}</dd>", page.Text);
        Assert.Contains($"name=\"token\" value=\"{token}\"", page.Text);
        Assert.DoesNotContain("name=\"email\"", page.Text);
        Assert.DoesNotContain("<script", page.Text);

        var welcome = (await SendAsync(token, "bob")).Is(HttpStatusCode.OK);

        foreach (var fact in new[] { owner.TenantId, "bob", "http://127.0.0.1" })
            Assert.Contains(fact, welcome.Text);
        Assert.DoesNotContain(Password, welcome.Text);
        Assert.DoesNotContain(token, welcome.Text);
        var session = (await Person.SignInAsync(host, owner.TenantId, "bob", Password)).Is(HttpStatusCode.OK);
        Assert.Equal("administrator", session.String("tenantRole"));
        (await OpenAsync(token)).Is(HttpStatusCode.NotFound);
        (await SendAsync(token, "cleo")).Is(HttpStatusCode.NotFound);
        var entry = Assert.Single(await owner.AuditAsync(host, "invitation.accepted"));
        Assert.Equal(session.String("memberId"), entry.GetProperty("actor").GetString());
    }

    [Fact]
    public async Task WhatIsBroken_IsSaidInPlace_AndNothingIsUsedUp()
    {
        var owner = await Person.OwnerAsync(host);
        var token = (await owner.InviteAsync("bob@example.com")).Token();

        var broken = (await SendAsync(token, "1<b>", "short")).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("Starts with a letter or _", NoteOf(broken, "userName"));
        Assert.Contains("Has at least 10 characters.", NoteOf(broken, "password"));
        Assert.Contains("value=\"1&lt;b&gt;\"", broken.Text);
        Assert.DoesNotContain("short", broken.Text);
        var taken = (await SendAsync(token, "ADA")).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("This user name is taken", NoteOf(taken, "userName"));
        Assert.DoesNotContain(owner.MemberId, taken.Text);
        var nothing = (await SendAsync(token, "", "")).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("Must be given.", NoteOf(nothing, "userName"));
        Assert.Contains("Must be given.", NoteOf(nothing, "password"));

        (await SendAsync(token, "bob")).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task ASharedLink_AsksForAnAddress_ThatMayBeLeftOut()
    {
        var owner = await Person.OwnerAsync(host);
        var token = (await owner.ShareAsync(host, maxUses: 2)).Token();

        Assert.Contains("name=\"email\"", (await OpenAsync(token)).Is(HttpStatusCode.OK).Text);
        var broken = (await SendAsync(token, "bob", email: "nobody")).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("Must be an email address", NoteOf(broken, "email"));
        (await SendAsync(token, "bob", email: "")).Is(HttpStatusCode.OK);
        (await SendAsync(token, "cleo", email: "cleo@example.com")).Is(HttpStatusCode.OK);

        Assert.Equal(
            [null, "cleo@example.com"],
            (await owner.Api.GetAsync(owner.MembersPath())).Items().Skip(1)
                .Select(static member => member.GetProperty("email").GetString()));
        (await OpenAsync(token)).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task ThePage_SpeaksTheTenantsLanguage_AndWithoutATenantTheBrowsers()
    {
        var owner = await Person.OwnerAsync(host);
        (await owner.Api.PatchAsync($"{owner.TenantPath}/settings", new { language = "fr" })).Is(HttpStatusCode.OK);
        var token = (await owner.InviteAsync("bob@example.com")).Token();

        var page = (await OpenAsync(token, "en")).Is(HttpStatusCode.OK);
        Assert.Contains("ada vous invite à rejoindre le compte", page.Text);
        var broken = await SendAsync(token, "1", "court");
        Assert.Contains("Commence par une lettre ou _", NoteOf(broken, "userName"));
        Assert.Contains("Au moins 10 caractères.", NoteOf(broken, "password"));
        Assert.Contains("Cette invitation n'est pas valable", Decoded(await OpenAsync("sli_none", "fr, en;q=0.1")));
        Assert.Contains("This invitation is not valid", (await OpenAsync("sli_none", "de")).Text);
        (await OpenAsync("")).Is(HttpStatusCode.NotFound);
        (await OpenAsync(new('x', 3_000))).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task ThePage_KeepsItsTokenToItself()
    {
        var owner = await Person.OwnerAsync(host);
        var token = (await owner.InviteAsync("bob@example.com")).Token();

        var page = (await OpenAsync(token)).Is(HttpStatusCode.OK).Message.Headers;

        Assert.Equal("no-referrer", Assert.Single(page.GetValues("Referrer-Policy")));
        Assert.True(page.CacheControl!.NoStore);
        Assert.Equal("DENY", Assert.Single(page.GetValues("X-Frame-Options")));
        Assert.Equal("nosniff", Assert.Single(page.GetValues("X-Content-Type-Options")));
        var policy = Assert.Single(page.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy);
        Assert.Contains("form-action 'self'; base-uri 'none'; frame-ancestors 'none'", policy);
        Assert.DoesNotContain("unsafe", policy);
        (await SendAsync(token, "bob")).Is(HttpStatusCode.OK);
        // The tests' log has every category; the server's own lines about requests are off in the program.
        var log = host.Log.Text.Split('\n')
            .Where(static line => !line.StartsWith("Request ", StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(log, line => line.Contains(token, StringComparison.Ordinal));
        Assert.DoesNotContain(log, static line => line.Contains(Password, StringComparison.Ordinal));
    }

    [Fact]
    public void TheServersLogOfRequests_WhichHasTheirQuery_IsOff()
    {
        var rules = host.Services.GetRequiredService<IOptions<LoggerFilterOptions>>().Value.Rules;

        var rule = Assert.Single(rules, static r => r.CategoryName == "Microsoft.AspNetCore.Hosting.Diagnostics");
        Assert.Null(rule.ProviderName);
        Assert.Equal(LogLevel.Warning, rule.LogLevel);
    }

    [Theory]
    [InlineData("cross-site", HttpStatusCode.Forbidden)]
    [InlineData("same-site", HttpStatusCode.Forbidden)]
    [InlineData("same-origin", HttpStatusCode.OK)]
    public async Task AForm_IsTakenFromThePageItself(string site, HttpStatusCode expected)
    {
        var owner = await Person.OwnerAsync(host);
        var token = (await owner.InviteAsync("bob@example.com")).Token();

        (await SendAsync(token, "bob", site: site)).Is(expected);
    }

    [Fact]
    public async Task WhatIsNoForm_IsRefused()
    {
        using var json = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        (await host.Anonymous().PostAsync(Path, json)).Is(HttpStatusCode.BadRequest);
        using var parts = new MultipartFormDataContent { { new StringContent("x"), "token" } };
        (await host.Anonymous().PostAsync(Path, parts)).Is(HttpStatusCode.BadRequest);
        using var huge = new FormUrlEncodedContent([new("token", new string('x', 20_000))]);
        (await host.Anonymous().PostAsync(Path, huge)).Is(HttpStatusCode.RequestEntityTooLarge);
    }

    private async Task<Answer> OpenAsync(string token, string? languages = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Path}?token={token}");
        if (languages is not null)
            request.Headers.Add("Accept-Language", languages);
        return await AnswerAsync(request);
    }

    private async Task<Answer> SendAsync(
        string token, string userName, string password = Password, string? email = null, string? site = null)
    {
        var fields = new Dictionary<string, string>
        {
            ["token"] = token,
            ["userName"] = userName,
            ["password"] = password,
        };
        if (email is not null)
            fields["email"] = email;
        using var request = new HttpRequestMessage(HttpMethod.Post, Path);
        request.Content = new FormUrlEncodedContent(fields);
        if (site is not null)
            request.Headers.Add("Sec-Fetch-Site", site);
        return await AnswerAsync(request);
    }

    private async Task<Answer> AnswerAsync(HttpRequestMessage request)
    {
        using var client = host.CreateClient();
        var message = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return new(
            message.StatusCode,
            await message.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            message);
    }

    private static string Decoded(Answer page) => WebUtility.HtmlDecode(page.Text);

    /// <summary>Returns what stands below a field that is marked as wrong.</summary>
    private static string NoteOf(Answer page, string field)
    {
        Assert.Matches($"<input id=\"{field}\"[^>]* aria-invalid=\"true\"", page.Text);
        return Decoded(page).Split($"<p class=\"broken\" id=\"{field}-note\">")[1].Split("</p>")[0];
    }
}
