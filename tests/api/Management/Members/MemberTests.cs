using System.Net;
using System.Text.Json;
using Xunit;

namespace Sluice.Api.Tests.Management.Members;

[Collection<MembersNode>]
public sealed class MemberTests(NodeHost host)
{
    [Fact]
    public async Task Create_List_Get_AgreeOnTheMember_WhoSignsInWithTheOneTimePassword()
    {
        var owner = await Person.OwnerAsync(host);

        var created = (await owner.Api.PostAsync(
            owner.MembersPath(), new { userName = "Bob_1", email = "bob@example.com", role = "member" }))
            .Is(HttpStatusCode.Created);

        var path = $"{owner.MembersPath()}/{created.String("id")}";
        Assert.Equal(path, created.Message.Headers.Location!.ToString());
        var bob = await Person.BeginAsync(host, owner.TenantId, "bob_1", created.String("oneTimePassword"));
        Assert.Equal(created.String("id"), bob.MemberId);
        var shown = (await owner.Api.GetAsync(path)).Is(HttpStatusCode.OK);
        Assert.Equal(
            ["id", "userName", "email", "role", "createdAt", "mfaEnabled", "hasPersonalKey", "seatId"],
            shown.Json.EnumerateObject().Select(static field => field.Name));
        Assert.Equal("Bob_1", shown.String("userName"));
        Assert.Equal("bob@example.com", shown.String("email"));
        Assert.Equal("member", shown.String("role"));
        Assert.False(shown["mfaEnabled"].GetBoolean());
        Assert.False(shown["hasPersonalKey"].GetBoolean());
        Assert.Equal(JsonValueKind.Null, shown["seatId"].ValueKind);
        var items = (await owner.Api.GetAsync(owner.MembersPath())).Items();
        Assert.Equal(shown.Text, items[1].GetRawText());
        Assert.Equal("owner", items[0].GetProperty("role").GetString());
    }

    [Fact]
    public async Task Pages_HaveEveryMemberOnce()
    {
        var owner = await Person.OwnerAsync(host);
        foreach (var name in new[] { "bob", "cleo", "dan", "eve" })
            await CreateAsync(owner, name);

        var first = await owner.Api.GetAsync($"{owner.MembersPath()}?limit=3");
        var second = await owner.Api.GetAsync($"{owner.MembersPath()}?limit=3&after={first.String("next")}");

        Assert.Equal(["ada", "bob", "cleo"], first.Texts("userName"));
        Assert.Equal(["dan", "eve"], second.Texts("userName"));
        Assert.Equal(JsonValueKind.Null, second["next"].ValueKind);
    }

    [Theory]
    [InlineData("""{}""", "userName: required", "role: required")]
    [InlineData("""{"userName": "1a", "email": "x", "role": "boss"}""",
        "userName: user-name-form", "email: address-form", "role: one-of")]
    [InlineData("""{"userName": "bob", "email": "bob@example.com", "role": "owner"}""", "role: one-of")]
    public async Task Create_NamesEveryRuleThatIsBroken(string body, params string[] broken)
    {
        var owner = await Person.OwnerAsync(host);

        (await owner.Api.PostAsync(owner.MembersPath(), body)).BreaksRules(broken);
    }

    [Fact]
    public async Task AUserName_IsTakenWhateverItsCase_AndFreeAgainOnceItsMemberIsGone()
    {
        var owner = await Person.OwnerAsync(host);
        var bob = (await CreateAsync(owner, "bob")).Is(HttpStatusCode.Created);

        var taken = (await CreateAsync(owner, "BOB")).IsProblem(HttpStatusCode.Conflict, "conflict");

        Assert.Equal(bob.String("id"), taken.String("conflictsWith"));
        (await owner.Api.DeleteAsync($"{owner.MembersPath()}/{bob.String("id")}")).Is(HttpStatusCode.NoContent);
        var next = (await CreateAsync(owner, "BOB")).Is(HttpStatusCode.Created);
        Assert.NotEqual(bob.String("id"), next.String("id"));
    }

    [Fact]
    public async Task AnAdministrator_AddsAndRemovesMembers()
    {
        var owner = await Person.OwnerAsync(host);
        var admin = await owner.AddAsync(host, "adam", "administrator");

        var bob = (await CreateAsync(admin, "bob")).Is(HttpStatusCode.Created).String("id");

        (await admin.Api.PatchAsync($"{admin.MembersPath()}/{bob}", new { role = "member" })).Is(HttpStatusCode.OK);
        (await admin.Api.DeleteAsync($"{admin.MembersPath()}/{bob}")).Is(HttpStatusCode.NoContent);
        (await admin.Api.GetAsync($"{admin.MembersPath()}/{bob}")).IsProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task APlainMember_ManagesNobody_AndAProjectsAdministratorSeesEverybody()
    {
        var owner = await Person.OwnerAsync(host);
        var bob = await owner.AddAsync(host, "bob");
        var cleo = await owner.AddAsync(host, "cleo");

        (await bob.Api.GetAsync(bob.MembersPath())).Lacks("members:read");
        (await CreateAsync(bob, "dan")).Lacks("members:manage");
        (await bob.Api.PatchAsync(bob.PathOf(cleo), new { role = "member" })).Lacks("members:manage");
        (await bob.Api.DeleteAsync(bob.PathOf(cleo))).Lacks("members:manage");
        (await bob.Api.PostAsync($"{bob.PathOf(cleo)}/reset-password")).Lacks("members:manage");
        (await bob.Api.PostAsync($"{bob.PathOf(cleo)}/transfer-ownership")).Lacks("ownership:transfer");

        await cleo.PutIntoAsync(host, await owner.ProjectAsync(host, "Search"), "project_administrator");
        Assert.Equal(["ada", "bob", "cleo"], (await cleo.Api.GetAsync(cleo.MembersPath())).Texts("userName"));
        (await cleo.Api.DeleteAsync(cleo.PathOf(bob))).Lacks("members:manage");
    }

    [Fact]
    public async Task AnotherTenantsMember_DoesNotExist()
    {
        var owner = await Person.OwnerAsync(host);
        var other = await Person.OwnerAsync(host);

        (await owner.Api.GetAsync(other.MembersPath())).IsProblem(HttpStatusCode.NotFound, "not-found");
        foreach (var id in new[] { other.MemberId, "m0000000001a", "x" })
        {
            var path = $"{owner.MembersPath()}/{id}";
            (await owner.Api.GetAsync(path)).IsProblem(HttpStatusCode.NotFound, "not-found");
            (await owner.Api.PatchAsync(path, new { role = "member" })).IsProblem(HttpStatusCode.NotFound, "not-found");
            (await owner.Api.DeleteAsync(path)).IsProblem(HttpStatusCode.NotFound, "not-found");
            (await owner.Api.PostAsync($"{path}/transfer-ownership")).IsProblem(HttpStatusCode.NotFound, "not-found");
            (await owner.Api.PostAsync($"{path}/reset-password")).IsProblem(HttpStatusCode.NotFound, "not-found");
        }
    }

    [Fact]
    public async Task AResetPassword_EndsSessionsAndTokens_AndSignsInOnceToBeChanged()
    {
        var owner = await Person.OwnerAsync(host);
        var bob = await owner.AddAsync(host, "bob");
        var token = host.Bearing((await bob.Api.PostAsync(
            "/api/v1/me/tokens", new { name = "ci", scopes = new[] { "*" } })).Is(HttpStatusCode.Created)
            .String("secret"));
        (await token.GetAsync("/api/v1/me")).Is(HttpStatusCode.OK);

        var reset = (await owner.Api.PostAsync($"{owner.PathOf(bob)}/reset-password")).Is(HttpStatusCode.OK);

        (await bob.Api.GetAsync("/api/v1/me")).Is(HttpStatusCode.Unauthorized);
        (await bob.SignInAgainAsync()).Is(HttpStatusCode.Unauthorized);
        var again = await Person.BeginAsync(host, owner.TenantId, "bob", reset.String("oneTimePassword"));
        (await token.GetAsync("/api/v1/me")).Is(HttpStatusCode.Unauthorized);
        Assert.Empty((await again.Api.GetAsync("/api/v1/me/tokens")).Items());
        var entry = Assert.Single(await owner.AuditAsync(host, "member.password-reset"));
        Assert.Equal(bob.MemberId, entry.GetProperty("target").GetString());
        Assert.DoesNotContain(reset.String("oneTimePassword"), entry.GetRawText());
    }

    [Fact]
    public async Task WhatIsDone_IsInTheAuditLog_WithBeforeAndAfter()
    {
        var owner = await Person.OwnerAsync(host);
        var bob = (await CreateAsync(owner, "bob")).String("id");
        var path = $"{owner.MembersPath()}/{bob}";
        (await owner.Api.PatchAsync(path, new { role = "administrator" })).Is(HttpStatusCode.OK);
        (await owner.Api.PatchAsync(path, new { role = "administrator" })).Is(HttpStatusCode.OK);
        (await owner.Api.DeleteAsync(path)).Is(HttpStatusCode.NoContent);

        var entries = await owner.AuditAsync(host, "member");

        Assert.Equal(
            ["member.removed", "member.role-changed", "member.created"],
            entries.Select(static e => e.GetProperty("action").GetString()));
        Assert.All(entries, e => Assert.Equal(owner.MemberId, e.GetProperty("actor").GetString()));
        Assert.All(entries, e => Assert.Equal(bob, e.GetProperty("target").GetString()));
        Assert.Equal("bob", entries[0].GetProperty("before").GetProperty("userName").GetString());
        Assert.Equal("member", entries[1].GetProperty("before").GetProperty("role").GetString());
        Assert.Equal("administrator", entries[1].GetProperty("after").GetProperty("role").GetString());
        Assert.Equal("bob@example.com", entries[2].GetProperty("after").GetProperty("email").GetString());
    }

    [Fact]
    public async Task AMember_NeedsNoEmail_AndSignsInAllTheSame()
    {
        var owner = await Person.OwnerAsync(host);

        var created = (await owner.Api.PostAsync(owner.MembersPath(), new { userName = "bob", role = "member" }))
            .Is(HttpStatusCode.Created);

        Assert.Equal("null", created["email"].GetRawText());
        await Person.BeginAsync(host, owner.TenantId, "bob", created.String("oneTimePassword"));
        var shown = (await owner.Api.GetAsync($"{owner.MembersPath()}/{created.String("id")}")).Is(HttpStatusCode.OK);
        Assert.Equal("null", shown["email"].GetRawText());
        // An invitation goes somewhere.
        (await owner.Api.PostAsync($"{owner.TenantPath}/invitations", new { role = "member" }))
            .BreaksRules("email: required");
    }

    private static Task<Answer> CreateAsync(Person by, string userName, string role = "member") =>
        by.Api.PostAsync(
            by.MembersPath(), new { userName, email = $"{userName.ToLowerInvariant()}@example.com", role });
}
