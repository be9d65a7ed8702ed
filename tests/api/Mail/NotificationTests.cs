using System.Net;
using Sluice.Api.Tests.Management.Invitations;
using Sluice.Metering.Limits;
using Xunit;

namespace Sluice.Api.Tests.Mail;

[Collection(MailCollection.Name)]
public sealed class NotificationTests(MailHost host)
{
    private const string Link = "https://sluice.example.com/invitations/accept?token=";

    [Fact]
    public async Task ATestMail_Arrives_InTheLanguageThatIsAskedFor()
    {
        var owner = await Person.OwnerAsync(host);
        var path = $"{owner.TenantPath}/notifications/test";

        var queued = (await owner.Api.PostAsync(path, new { email = "ada@example.com", language = "fr" }))
            .Is(HttpStatusCode.Created);

        Assert.Equal(
            ("test", "unsent", "fr"), (queued.String("kind"), queued.String("state"), queued.String("language")));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, queued["scope"].ValueKind);
        var mail = Assert.Single(await host.TakesAsync(queued.String("messageId")));
        Assert.StartsWith("Message d'essai", mail.Header("Subject"));
        Assert.Single(await owner.AuditAsync(host, "notification.tested"));
        (await owner.Api.PostAsync(path, new { email = "a\r\nBcc: b@c.org", language = "de" }))
            .BreaksRules("email: address-form", "language: one-of");
    }

    [Fact]
    public async Task AThreshold_IsListed_WithWhatItWas_AndWhoHasIt()
    {
        var owner = await Person.OwnerAsync(host);
        var id = await host.FireAsync(owner.TenantPath, ["ada@example.com", "refuse-b@example.com"]);
        await host.BecomesAsync(id, "sent");

        var mail = Assert.Single((await owner.Api.GetAsync($"{owner.TenantPath}/notifications")).Items());

        Assert.Equal(
            ("warning", "tenant", owner.TenantId, "text_tokens", "1234500", "2026-11", $"{id}@sluice.example.com"),
            (Text("kind"), Text("scope"), Text("scopeId"), Text("metric"), mail.GetProperty("threshold").GetRawText(),
                Text("period"), Text("messageId")));
        Assert.Equal(
            """[{"email":"ada@example.com","state":"accepted"},{"email":"refuse-b@example.com","state":"refused"}]""",
            mail.GetProperty("recipients").GetRawText());
        Assert.NotNull(Text("sentAt"));
        Assert.Equal("Aurora", Text("scopeName"));
        var member = await owner.AddAsync(host, "bob");
        (await member.Api.GetAsync($"{owner.TenantPath}/notifications")).Lacks("notifications:manage");

        string? Text(string field) => mail.GetProperty(field).GetString();
    }

    [Fact]
    public async Task AnAdministratorWithoutAnAddress_KeepsNobodyElseFromTheirMail()
    {
        var owner = await Person.OwnerAsync(host);
        (await owner.Api.PostAsync($"{owner.TenantPath}/members", new { userName = "silent", role = "administrator" }))
            .Is(HttpStatusCode.Created);

        var id = await host.FireAsync(owner.TenantPath, ["ops@example.com"], source: LimitSource.Limit);

        Assert.Equal(["ops@example.com", "ada@example.com"], Assert.Single(await host.TakesAsync(id)).Recipients);
    }

    [Fact]
    public async Task AWarningThatComesWithAReachedLimit_DoesNotSayThatRequestsGoOn()
    {
        var (both, one) = (await Person.OwnerAsync(host), await Person.OwnerAsync(host));
        // The warning is announced first, but the limit was reached in the same commit.
        var beside = await host.FireAsync(both.TenantPath, ["ada@example.com"], value: 800);
        await host.FireAsync(both.TenantPath, ["ada@example.com"], blocks: true, value: 1_000);
        var alone = await host.FireAsync(one.TenantPath, ["ada@example.com"], value: 800);

        var warning = Assert.Single(await host.TakesAsync(beside));

        Assert.DoesNotContain("Requests go on", warning.Text + warning.Html);
        Assert.Contains("A limit of the account “Aurora” has been reached too", warning.Text);
        Assert.Contains("Requests go on", Assert.Single(await host.TakesAsync(alone)).Text);
    }

    [Fact]
    public async Task ListsAreNarrowed_ByWordsThatThereAre()
    {
        var owner = await Person.OwnerAsync(host);
        var api = host.Operator();

        Assert.Empty((await api.GetAsync($"/api/v1/notifications?tenant={owner.TenantId}")).Items());
        (await api.GetAsync("/api/v1/notifications?state=lost")).BreaksRules("state: one-of");
        (await api.GetAsync("/api/v1/notifications?tenant=t0000000001a"))
            .IsProblem(HttpStatusCode.NotFound, "not-found");
        (await owner.Api.GetAsync("/api/v1/notifications")).Lacks("platform:read");
        (await api.PostAsync("/api/v1/notifications/n0000000001a/resend"))
            .IsProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task AnInvitation_BringsALinkThatLetsIn_AndIsForgottenOnceSent()
    {
        var owner = await Person.OwnerAsync(host);
        var invitation = await owner.InviteAsync("bob@example.com");

        var mail = Assert.Single(await host.TakesAsync(invitation.String("id")));

        Assert.Equal("Invitation to the account “Aurora”", mail.Header("Subject"));
        Assert.Contains("ada invites you to join the account “Aurora”.", mail.Text);
        Assert.Contains($"Tenant id: {owner.TenantId}\n", mail.Text);
        foreach (var part in new[] { mail.Text, mail.Html })
            Assert.Contains($"sign in at https://sluice.example.com with the account id {owner.TenantId}", part);
        var token = mail.Text.Split(Link)[1].Split('\n')[0].Trim();
        Assert.Contains(token, mail.Html);
        await host.AcceptAsync(token, "bob");
        Assert.Contains("bob", (await owner.Api.GetAsync($"{owner.TenantPath}/members")).Texts("userName"));
        var seen = await host.SeeAsync(invitation.String("id"));
        Assert.Equal("sent", seen.String("state"));
        Assert.Equal(
            0L, await host.QueryAsync<long>("select count(*) from mail where state = 1 and sealed is not null"));
        (await host.Operator().PostAsync($"/api/v1/notifications/{seen.String("id")}/resend"))
            .IsProblem(HttpStatusCode.Conflict, "conflict");
        Assert.DoesNotContain(token, host.Log.Text);
    }

    [Fact]
    public async Task ARequestForQuota_IsToldToTheOperatorsStaff_InTheAccountsLanguage()
    {
        var owner = await Person.OwnerAsync(host);
        (await owner.Api.PatchAsync($"{owner.TenantPath}/settings", new { language = "fr" })).Is(HttpStatusCode.OK);
        await host.Operator().PutAsync($"{owner.TenantPath}/quota", new { amount = 10 });

        var request = (await owner.Api.PostAsync(
            $"{owner.TenantPath}/quota-requests", new { amount = 2_000, reason = "un lancement" }))
            .Is(HttpStatusCode.Created);

        var mail = Assert.Single(await host.TakesAsync(request.String("id")));
        Assert.Equal(["staff@platform.example", "desk@platform.example"], mail.Recipients);
        Assert.Contains("Montant demandé : 2 000 JPY\n", mail.Text);
        Assert.Contains("Quota actuel : 10 JPY\n", mail.Text);
        Assert.Contains("un lancement", mail.Html);
        Assert.Contains("Demandé par : ada\n", mail.Text);
        Assert.DoesNotContain(owner.MemberId, mail.Text + mail.Html);
        // The tenant must not see who of the staff receives it.
        Assert.Empty((await owner.Api.GetAsync($"{owner.TenantPath}/notifications")).Items());
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public async Task AReasonOfSeveralLines_KeepsThem_AndPassesForNothingElse(string end)
    {
        var owner = await Person.OwnerAsync(host);
        var reason = $"a <b>launch</b>{end}{end}Asked by: the board";

        var request = (await owner.Api.PostAsync(
            $"{owner.TenantPath}/quota-requests", new { amount = 2_000, reason })).Is(HttpStatusCode.Created);

        Assert.Equal(reason, request.String("reason"));
        var mail = Assert.Single(await host.TakesAsync(request.String("id")));
        Assert.Contains("Reason given: a <b>launch</b>\n  \n  Asked by: the board\nAsked by: ada\n", mail.Text);
        Assert.Contains("a &lt;b&gt;launch&lt;/b&gt;<br>\n<br>\nAsked by: the board</td>", mail.Html);
    }

    [Fact]
    public async Task ADecisionAboutQuota_IsToldToTheOwnerAndAdministrators()
    {
        var owner = await Person.OwnerAsync(host);
        await owner.AddAsync(host, "cleo", "administrator");
        await host.Operator().PutAsync($"{owner.TenantPath}/quota", new { amount = 10 });
        var request = (await owner.Api.PostAsync(
            $"{owner.TenantPath}/quota-requests", new { amount = 12_345.5m, reason = "a <b>launch</b>" }))
            .Is(HttpStatusCode.Created);
        var id = request.String("id");

        (await host.Operator().PostAsync($"/api/v1/quota-requests/{id}/approve", new { note = "good luck" }))
            .Is(HttpStatusCode.OK);

        var mails = (await host.TakesAsync(id, 3))
            .Where(static mail => !mail.Recipients[0].EndsWith(".example", StringComparison.Ordinal)).ToArray();
        Assert.Equal(["ada@example.com", "cleo@example.com"], mails.SelectMany(static mail => mail.Recipients).Order());
        Assert.StartsWith("Quota raised: ", mails[0].Header("Subject"));
        Assert.Contains("Former quota: 10\u00a0JPY\n", mails[0].Text);
        Assert.Contains("New quota: 12,345.5\u00a0JPY\n", mails[0].Text);
        Assert.Contains("a &lt;b&gt;launch&lt;/b&gt;", mails[0].Html);
    }

    [Fact]
    public async Task AFirstQuota_IsNotCalledRaised()
    {
        var owner = await Person.OwnerAsync(host);
        var id = (await owner.Api.PostAsync(
            $"{owner.TenantPath}/quota-requests", new { amount = 100, reason = "launch" }))
            .Is(HttpStatusCode.Created).String("id");

        (await host.Operator().PostAsync($"/api/v1/quota-requests/{id}/approve")).Is(HttpStatusCode.OK);

        var mail = (await host.TakesAsync(id, 2))
            .Single(static mail => !mail.Recipients[0].EndsWith(".example", StringComparison.Ordinal));
        Assert.StartsWith("Quota set: ", mail.Header("Subject"));
        Assert.DoesNotContain("raised", mail.Text);
    }
}
