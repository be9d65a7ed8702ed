using System.Net;
using Xunit;

namespace Sluice.Api.Tests.Management.Invitations;

public sealed class InvitationTests(NodeHost host) : IClassFixture<NodeHost>
{
    [Fact]
    public async Task AcceptingALink_MakesTheMember_WhoSignsInAtOnce()
    {
        var owner = await Person.OwnerAsync(host);
        var invited = (await owner.InviteAsync("bob@example.com", "administrator")).Is(HttpStatusCode.Created);
        Assert.Equal($"{owner.InvitationsPath()}/{invited.String("id")}", invited.Message.Headers.Location!.ToString());
        Assert.Contains("/invitations/accept?token=sli_", invited.String("link"));

        var accepted = (await host.AcceptAsync(invited.Token(), "bob")).Is(HttpStatusCode.Created);

        Assert.Equal(owner.TenantId, accepted.String("tenantId"));
        Assert.Equal("bob@example.com", accepted.String("email"));
        Assert.Equal("administrator", accepted.String("role"));
        var session = (await Person.SignInAsync(host, owner.TenantId, "bob", Person.Password)).Is(HttpStatusCode.OK);
        Assert.False(session["mustChangePassword"].GetBoolean());
        Assert.Equal(accepted.String("id"), session.String("memberId"));
        Assert.Empty((await owner.Api.GetAsync(owner.InvitationsPath())).Items());
        var entries = await owner.AuditAsync(host, "invitation");
        Assert.Equal(
            ["invitation.accepted", "invitation.created"],
            entries.Select(static entry => entry.GetProperty("action").GetString()));
        Assert.Equal(accepted.String("id"), entries[0].GetProperty("actor").GetString());
        Assert.All(entries, entry => Assert.DoesNotContain(invited.Token(), entry.GetRawText()));
        Assert.DoesNotContain(invited.Token(), host.Log.Text);
    }

    [Fact]
    public async Task TheList_HasWhatIsOpen_ByPages_WithoutLinks()
    {
        var owner = await Person.OwnerAsync(host);
        foreach (var name in new[] { "bob", "cleo", "dan" })
            (await owner.InviteAsync($"{name}@example.com")).Is(HttpStatusCode.Created);

        var first = await owner.Api.GetAsync($"{owner.InvitationsPath()}?limit=2");
        var second = await owner.Api.GetAsync($"{owner.InvitationsPath()}?limit=2&after={first.String("next")}");

        Assert.Equal(["bob@example.com", "cleo@example.com"], first.Texts("email"));
        Assert.Equal(["dan@example.com"], second.Texts("email"));
        Assert.Equal(["open"], second.Texts("state"));
        Assert.Equal([owner.MemberId], second.Texts("createdBy"));
        Assert.DoesNotContain("link", first.Text);
    }

    [Fact]
    public async Task NoGoodTokens_AllHaveTheSameAnswer()
    {
        var owner = await Person.OwnerAsync(host);
        var used = (await owner.InviteAsync("used@example.com")).Token();
        (await host.AcceptAsync(used, "used")).Is(HttpStatusCode.Created);
        var expired = (await owner.InviteAsync("expired@example.com")).Token();
        host.Time.Turn(TimeSpan.FromDays(7));
        var revoked = await host.Operator().PostAsync(
            owner.InvitationsPath(), new { email = "revoked@example.com", role = "member" });
        (await host.Operator().DeleteAsync($"{owner.InvitationsPath()}/{revoked.String("id")}"))
            .Is(HttpStatusCode.NoContent);
        var gone = await Person.OwnerAsync(host);
        var ofGone = (await gone.InviteAsync("bob@example.com")).Token();
        (await host.Operator().DeleteAsync(gone.TenantPath)).Is(HttpStatusCode.NoContent);

        var answers = new List<Answer>();
        foreach (var token in new[] { used, expired, revoked.Token(), ofGone, "sli_nobody", "x", $"{used}x" })
            answers.Add(await host.AcceptAsync(token, "bob"));

        Assert.All(answers, static answer => answer.IsProblem(HttpStatusCode.NotFound, "not-found"));
        Assert.Single(answers.Select(static answer => answer.String("detail")).Distinct());
    }

    [Fact]
    public async Task AnAddress_HasOneOpenInvitation_AndNoneWhereItIsAMembers()
    {
        var owner = await Person.OwnerAsync(host);
        var first = (await owner.InviteAsync("Bob@Example.com")).Is(HttpStatusCode.Created);

        var second = (await owner.InviteAsync("bob@example.com")).IsProblem(HttpStatusCode.Conflict, "conflict");
        Assert.Equal(first.String("id"), second.String("conflictsWith"));
        var accepted = (await host.AcceptAsync(first.Token(), "bob")).Is(HttpStatusCode.Created);
        var third = (await owner.InviteAsync("BOB@example.com")).IsProblem(HttpStatusCode.Conflict, "conflict");
        Assert.Equal(accepted.String("id"), third.String("conflictsWith"));

        (await owner.Api.DeleteAsync($"{owner.MembersPath()}/{accepted.String("id")}")).Is(HttpStatusCode.NoContent);
        (await owner.InviteAsync("bob@example.com")).Is(HttpStatusCode.Created);
    }

    [Fact]
    public async Task AnInvitationThatExpired_IsReplacedByANewOne()
    {
        var owner = await Person.OwnerAsync(host);
        var old = await owner.InviteAsync("bob@example.com");
        host.Time.Turn(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        (await host.Operator().PostAsync(owner.InvitationsPath(), new { email = "bob@example.com", role = "member" }))
            .IsProblem(HttpStatusCode.Conflict, "conflict");
        host.Time.Turn(TimeSpan.FromMinutes(1));
        Assert.Equal(["expired"], (await host.Operator().GetAsync(owner.InvitationsPath())).Texts("state"));

        var next = (await host.Operator().PostAsync(
            owner.InvitationsPath(), new { email = "bob@example.com", role = "member" })).Is(HttpStatusCode.Created);

        Assert.Equal([next.String("id")], (await host.Operator().GetAsync(owner.InvitationsPath())).Texts("id"));
        (await host.AcceptAsync(old.Token(), "bob")).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await host.AcceptAsync(next.Token(), "bob")).Is(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Resending_GivesSevenNewDays_AndANewLink_AndTheOldOneIsDead()
    {
        var owner = await Person.OwnerAsync(host);
        var old = await owner.InviteAsync("bob@example.com");
        var path = $"{owner.InvitationsPath()}/{old.String("id")}";
        host.Time.Turn(TimeSpan.FromDays(8));

        var again = (await host.Operator().PostAsync($"{path}/resend")).Is(HttpStatusCode.OK);

        Assert.Equal(old.String("id"), again.String("id"));
        Assert.Equal("open", again.String("state"));
        var left = again["expiresAt"].GetDateTimeOffset() - host.Time.GetUtcNow();
        Assert.InRange(left, TimeSpan.FromDays(7) - TimeSpan.FromMinutes(5), TimeSpan.FromDays(7));
        (await host.AcceptAsync(old.Token(), "bob")).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await host.AcceptAsync(again.Token(), "bob")).Is(HttpStatusCode.Created);
        (await host.Operator().PostAsync($"{path}/resend")).IsProblem(HttpStatusCode.Conflict, "conflict");
        (await host.Operator().DeleteAsync(path)).IsProblem(HttpStatusCode.Conflict, "conflict");
    }

    [Fact]
    public async Task Revoking_TwiceIsNoError_AndWhatIsRevokedIsNotSentAgain()
    {
        var owner = await Person.OwnerAsync(host);
        var path = $"{owner.InvitationsPath()}/{(await owner.InviteAsync("bob@example.com")).String("id")}";

        (await owner.Api.DeleteAsync(path)).Is(HttpStatusCode.NoContent);
        (await owner.Api.DeleteAsync(path)).Is(HttpStatusCode.NoContent);

        (await owner.Api.PostAsync($"{path}/resend")).IsProblem(HttpStatusCode.NotFound, "not-found");
        Assert.Single(await owner.AuditAsync(host, "invitation.revoked"));
        (await owner.InviteAsync("bob@example.com")).Is(HttpStatusCode.Created);
    }

    [Fact]
    public async Task InvitingAdministrators_TakesTheRightToAppoint_AndMembersInviteNobody()
    {
        var owner = await Person.OwnerAsync(host);
        var admin = await owner.AddAsync(host, "adam", "administrator");
        var bob = await owner.AddAsync(host, "bob");
        var open = $"{owner.InvitationsPath()}/"
            + (await admin.InviteAsync("cleo@example.com", "administrator")).Is(HttpStatusCode.Created).String("id");
        await owner.ReserveAppointingAsync();

        (await admin.InviteAsync("dan@example.com", "administrator")).Lacks("administrators:manage");
        (await admin.Api.PostAsync(
            $"{admin.InvitationsPath()}/bulk",
            new { role = "administrator", maxUses = 1, expiresAt = host.Time.GetUtcNow().AddDays(1) }))
            .Lacks("administrators:manage");
        (await admin.Api.PostAsync($"{open}/resend")).Lacks("administrators:manage");
        (await admin.Api.DeleteAsync(open)).Lacks("administrators:manage");
        (await admin.InviteAsync("dan@example.com")).Is(HttpStatusCode.Created);
        (await owner.InviteAsync("eve@example.com", "owner")).BreaksRules("role: one-of");
        (await bob.InviteAsync("eve@example.com")).Lacks("members:manage");
        (await bob.Api.GetAsync(bob.InvitationsPath())).Lacks("invitations:read");
        (await bob.Api.DeleteAsync(open)).Lacks("members:manage");
    }

    [Fact]
    public async Task AnotherTenantsInvitation_DoesNotExist()
    {
        var owner = await Person.OwnerAsync(host);
        var other = await Person.OwnerAsync(host);
        var theirs = (await other.InviteAsync("bob@example.com")).String("id");

        (await owner.Api.GetAsync(other.InvitationsPath())).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await owner.Api.DeleteAsync($"{owner.InvitationsPath()}/{theirs}"))
            .IsProblem(HttpStatusCode.NotFound, "not-found");
        (await owner.Api.PostAsync($"{owner.InvitationsPath()}/{theirs}/resend"))
            .IsProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Accepting_NamesEveryRuleThatIsBroken_AndUsesNothingUp()
    {
        var owner = await Person.OwnerAsync(host);
        var token = (await owner.InviteAsync("bob@example.com")).Token();

        (await host.Anonymous().PostAsync(
            "/api/v1/invitations/accept", new { token, userName = "1", password = "short", email = "x" }))
            .BreaksRules("userName: user-name-form", "password: too-short", "email: address-form");
        (await host.Anonymous().PostAsync("/api/v1/invitations/accept", new { }))
            .BreaksRules("token: required", "userName: required", "password: required");
        (await host.AcceptAsync(token, "bob", "eve@example.com")).BreaksRules("email: other-address");
        var taken = (await host.AcceptAsync(token, "ADA")).IsProblem(HttpStatusCode.Conflict, "conflict");
        Assert.Equal(owner.MemberId, taken.String("conflictsWith"));

        (await host.AcceptAsync(token, "bob", "BOB@example.com")).Is(HttpStatusCode.Created);
    }
}
