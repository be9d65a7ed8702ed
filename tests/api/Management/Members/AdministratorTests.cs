using System.Net;
using Xunit;

namespace Sluice.Api.Tests.Management.Members;

/// <summary>Administrators have the owner's rights, except over the owner, unless the owner keeps one.</summary>
[Collection<MembersNode>]
public sealed class AdministratorTests(NodeHost host)
{
    [Fact]
    public async Task AnAdministrator_AppointsDemotesAndRemovesAdministrators()
    {
        var owner = await Person.OwnerAsync(host);
        var admin = await owner.AddAsync(host, "adam", "administrator");
        var other = await owner.AddAsync(host, "amy", "administrator");
        var bob = await owner.AddAsync(host, "bob");

        (await CreateAsync(admin, "cleo")).Is(HttpStatusCode.Created);
        (await admin.Api.PatchAsync(admin.PathOf(bob), new { role = "administrator" })).Is(HttpStatusCode.OK);
        Assert.Equal("administrator", (await bob.Api.GetAsync("/api/v1/me")).String("tenantRole"));
        (await bob.Api.PatchAsync(bob.PathOf(other), new { role = "member" })).Is(HttpStatusCode.OK);
        Assert.Equal("member", (await other.Api.GetAsync("/api/v1/me")).String("tenantRole"));
        (await admin.Api.PostAsync($"{admin.PathOf(bob)}/reset-password")).Is(HttpStatusCode.OK);
        (await admin.Api.DeleteAsync(admin.PathOf(bob))).Is(HttpStatusCode.NoContent);
        (await admin.Api.PostAsync(
            $"{admin.TenantPath}/invitations", new { email = "dan@example.com", role = "administrator" }))
            .Is(HttpStatusCode.Created);
    }

    [Fact]
    public async Task AnAdministrator_HasNoRightsOverTheOwner()
    {
        var owner = await Person.OwnerAsync(host);
        var admin = await owner.AddAsync(host, "adam", "administrator");
        var path = admin.PathOf(owner);

        (await admin.Api.PatchAsync(path, new { role = "member" })).Lacks("ownership:transfer");
        (await admin.Api.DeleteAsync(path)).Lacks("ownership:transfer");
        (await admin.Api.PostAsync($"{path}/reset-password")).Lacks("ownership:transfer");
        (await admin.Api.PostAsync($"{path}/reset-mfa")).Lacks("ownership:transfer");
        (await admin.Api.PostAsync($"{admin.PathOf(admin)}/transfer-ownership")).Lacks("ownership:transfer");
        (await owner.Api.GetAsync("/api/v1/me")).Is(HttpStatusCode.OK);
        (await owner.SignInAgainAsync()).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task AnOwnerWhoAppoints_KeepsAdministratorsFromIt()
    {
        var owner = await Person.OwnerAsync(host);
        var admin = await owner.AddAsync(host, "adam", "administrator");
        var other = await owner.AddAsync(host, "amy", "administrator");
        var bob = await owner.AddAsync(host, "bob");
        await SetAsync(owner, true);

        (await CreateAsync(admin, "cleo")).Lacks("administrators:manage");
        (await admin.Api.PatchAsync(admin.PathOf(bob), new { role = "administrator" })).Lacks("administrators:manage");
        foreach (var path in new[] { admin.PathOf(other), admin.PathOf(admin) })
            (await admin.Api.PatchAsync(path, new { role = "member" })).Lacks("administrators:manage");
        (await admin.Api.DeleteAsync(admin.PathOf(other))).Lacks("administrators:manage");
        (await admin.Api.PostAsync($"{admin.PathOf(other)}/reset-password")).Lacks("administrators:manage");
        (await admin.Api.PostAsync(
            $"{admin.TenantPath}/invitations", new { email = "dan@example.com", role = "administrator" }))
            .Lacks("administrators:manage");
        Assert.Equal(
            ["owner", "administrator", "administrator", "member"],
            (await owner.Api.GetAsync(owner.MembersPath())).Texts("role"));

        // Members are theirs to manage as before, and the owner and the operator appoint.
        (await admin.Api.PatchAsync(admin.PathOf(bob), new { role = "member" })).Is(HttpStatusCode.OK);
        (await owner.Api.PatchAsync(owner.PathOf(bob), new { role = "administrator" })).Is(HttpStatusCode.OK);
        (await host.Operator().PatchAsync(owner.PathOf(bob), new { role = "member" })).Is(HttpStatusCode.OK);
        await SetAsync(owner, false);
        (await admin.Api.PatchAsync(admin.PathOf(bob), new { role = "administrator" })).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task WhoAppoints_IsDecidedByTheOwner_NotByAdministrators()
    {
        var owner = await Person.OwnerAsync(host);
        var admin = await owner.AddAsync(host, "adam", "administrator");
        await SetAsync(owner, true);

        var refused = (await admin.Api.PatchAsync(
            $"{admin.TenantPath}/settings", new { name = "Mine", ownerAppointsAdministrators = false }))
            .Lacks("ownership:transfer");

        Assert.StartsWith("ownerAppointsAdministrators:", refused.String("detail"));
        var settings = await admin.Api.GetAsync($"{admin.TenantPath}/settings");
        Assert.True(settings["ownerAppointsAdministrators"].GetBoolean());
        Assert.Equal("Aurora", settings.String("name"));
        var entry = Assert.Single(await owner.AuditAsync(host, "tenant.changed"));
        Assert.True(entry.GetProperty("after").GetProperty("ownerAppointsAdministrators").GetBoolean());
    }

    private static async Task SetAsync(Person owner, bool ownerAppointsAdministrators) =>
        (await owner.Api.PatchAsync($"{owner.TenantPath}/settings", new { ownerAppointsAdministrators }))
        .Is(HttpStatusCode.OK);

    private static Task<Answer> CreateAsync(Person by, string userName) =>
        by.Api.PostAsync(by.MembersPath(), new { userName, role = "administrator" });
}
