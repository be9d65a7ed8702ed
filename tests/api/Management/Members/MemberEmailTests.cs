using System.Net;
using System.Text.Json;
using Xunit;

namespace Sluice.Api.Tests.Management.Members;

/// <summary>A member's email address is set, changed and removed.</summary>
[Collection<MembersNode>]
public sealed class MemberEmailTests(NodeHost host)
{
    [Fact]
    public async Task AMemberWithoutAnAddress_GetsOneLater_AndKeepsTheRole()
    {
        var owner = await Person.OwnerAsync(host);
        var created = (await owner.Api.PostAsync(
            owner.MembersPath(), new { userName = "bob", role = "administrator" })).Is(HttpStatusCode.Created);
        var path = $"{owner.MembersPath()}/{created.String("id")}";

        var changed = (await owner.Api.PatchAsync(path, new { email = "bob@example.com" })).Is(HttpStatusCode.OK);
        Assert.Equal(("bob@example.com", "administrator"), (changed.String("email"), changed.String("role")));
        var both = (await owner.Api.PatchAsync(path, new { role = "member" })).Is(HttpStatusCode.OK);
        Assert.Equal(("bob@example.com", "member"), (both.String("email"), both.String("role")));
        (await owner.Api.PatchAsync(path, "{}")).Is(HttpStatusCode.OK);
        (await owner.Api.PatchAsync(path, """{"email": null}""")).Is(HttpStatusCode.OK);
        Assert.Equal(JsonValueKind.Null, (await owner.Api.GetAsync(path))["email"].ValueKind);

        var entries = await owner.AuditAsync(host, "member.email-changed");
        Assert.Equal(
            ["bob@example.com", null],
            entries.Select(static e => e.GetProperty("before").GetProperty("email").GetString()));
    }

    [Fact]
    public async Task WhatIsNoAddress_IsRefused_AndTheOwnerNeedsOne()
    {
        var owner = await Person.OwnerAsync(host);
        var bob = await owner.AddAsync(host, "bob");

        (await owner.Api.PatchAsync(owner.PathOf(bob), new { email = "bob", role = "boss" }))
            .BreaksRules("email: address-form", "role: one-of");
        (await owner.Api.PatchAsync(owner.PathOf(bob), new { email = "" })).BreaksRules("email: required");
        (await owner.Api.PatchAsync(owner.PathOf(owner), """{"email": null}""")).BreaksRules("email: required");
        (await owner.Api.PatchAsync(owner.PathOf(owner), new { email = "a@example.org" })).Is(HttpStatusCode.OK);
        (await bob.Api.PatchAsync(bob.PathOf(bob), new { email = "b@example.org" })).Lacks("members:manage");
        var admin = await owner.AddAsync(host, "cleo", "administrator");
        (await admin.Api.PatchAsync(admin.PathOf(bob), new { email = "b@example.org" })).Is(HttpStatusCode.OK);
        (await admin.Api.PatchAsync(admin.PathOf(owner), new { email = "c@example.org" })).Lacks("ownership:transfer");
    }
}
