using System.Net;
using Xunit;

namespace Sluice.Api.Tests.Management.Members;

public abstract class RemovalTests(NodeHost host)
{
    [Collection<MembersNode>]
    public sealed class OnOneNode(NodeHost host) : RemovalTests(host);

    [Collection<SharedCluster>]
    public sealed class OnThreeNodes(ThreeNodes host) : RemovalTests(host);

    [Fact]
    public async Task Removing_EndsSessionsTokensAndPlaces_BeforeItReturns()
    {
        var owner = await Person.OwnerAsync(host);
        var bob = await owner.AddAsync(host, "bob");
        var project = await owner.ProjectAsync(host, "Search");
        await bob.PutIntoAsync(host, project, "project_administrator");
        var made = await bob.Api.PostAsync("/api/v1/me/tokens", new { name = "ci", scopes = new[] { "*" } });
        var token = host.Bearing(made
            .Is(HttpStatusCode.Created).String("secret"));
        (await token.GetAsync("/api/v1/me")).Is(HttpStatusCode.OK);

        (await owner.Api.DeleteAsync(owner.PathOf(bob))).Is(HttpStatusCode.NoContent);

        (await bob.Api.GetAsync("/api/v1/me")).Is(HttpStatusCode.Unauthorized);
        (await token.GetAsync("/api/v1/me")).Is(HttpStatusCode.Unauthorized);
        (await bob.SignInAgainAsync()).Is(HttpStatusCode.Unauthorized);
        Assert.Empty((await owner.Api.GetAsync($"{owner.TenantPath}/projects/{project}/members")).Items());
        Assert.Equal(["ada"], (await owner.Api.GetAsync(owner.MembersPath())).Texts("userName"));
        (await owner.Api.PatchAsync(owner.PathOf(bob), new { role = "member" })).Is(HttpStatusCode.NotFound);
        (await owner.Api.PostAsync($"{owner.PathOf(bob)}/transfer-ownership")).Is(HttpStatusCode.NotFound);
        (await owner.Api.PostAsync($"{owner.PathOf(bob)}/reset-password")).Is(HttpStatusCode.NotFound);
        Assert.Equal("bob", await host.QueryAsync<string>(
            "select user_name from member where id = $1 and removed_at is not null", Scene.IdOf(bob.MemberId)));
    }

    [Fact]
    public async Task Removing_EndsTheMembersKeys_AndFreesTheSeat_AndLeavesProjectKeysAlone()
    {
        var owner = await Person.OwnerAsync(host);
        var bob = await owner.AddAsync(host, "bob");
        var (project, _, ofProject) = await owner.OpenProjectAsync(host);
        await bob.PutIntoAsync(host, project, "project_administrator");
        var madeByBob = (await bob.Api.PostAsync($"{owner.TenantPath}/projects/{project}/keys", new { name = "bob's" }))
            .Is(HttpStatusCode.Created).String("secret");
        var personal = (await bob.TakeKeyAsync()).String("secret");
        var seat = owner.SeatPath(await owner.SubscribeAsync(host));
        (await owner.Api.AssignAsync(seat, bob)).Is(HttpStatusCode.OK);
        var ofSeat = (await owner.Api.PostAsync($"{seat}/key")).Is(HttpStatusCode.Created).String("secret");
        foreach (var secret in new[] { ofProject, madeByBob, personal, ofSeat })
            (await host.SpendAsync(secret)).Is(HttpStatusCode.OK);
        var shown = (await owner.Api.GetAsync(owner.PathOf(bob))).Is(HttpStatusCode.OK);
        Assert.True(shown["hasPersonalKey"].GetBoolean());
        Assert.EndsWith($"/{shown.String("seatId")}", seat);

        (await owner.Api.DeleteAsync(owner.PathOf(bob))).Is(HttpStatusCode.NoContent);

        (await host.SpendAsync(personal)).Is(HttpStatusCode.Unauthorized);
        (await host.SpendAsync(ofSeat)).Is(HttpStatusCode.Unauthorized);
        (await host.SpendAsync(ofProject)).Is(HttpStatusCode.OK);
        (await host.SpendAsync(madeByBob)).Is(HttpStatusCode.OK);
        Assert.Equal(["unassigned"], (await owner.Api.GetAsync($"{owner.TenantPath}/seats")).Texts("state"));
        (await owner.Api.AssignAsync(seat, owner)).Is(HttpStatusCode.OK);

        // A caller who learned that a node has not confirmed sends the request again.
        (await owner.Api.DeleteAsync(owner.PathOf(bob))).Is(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task TheOwner_CantBeRemovedOrDemoted_ByAnybody()
    {
        var owner = await Person.OwnerAsync(host);
        var admin = await owner.AddAsync(host, "adam", "administrator");

        (await admin.Api.DeleteAsync(owner.PathOf(owner))).Lacks("ownership:transfer");
        (await admin.Api.PatchAsync(owner.PathOf(owner), new { role = "member" })).Lacks("ownership:transfer");
        foreach (var api in new[] { owner.Api, host.Operator() })
        {
            var removal = await api.DeleteAsync(owner.PathOf(owner));
            removal.IsProblem(HttpStatusCode.Conflict, "conflict");
            Assert.Equal(owner.MemberId, removal.String("conflictsWith"));
            (await api.PatchAsync(owner.PathOf(owner), new { role = "member" }))
                .IsProblem(HttpStatusCode.Conflict, "conflict");
        }

        (await owner.Api.PatchAsync(owner.PathOf(admin), new { role = "owner" })).BreaksRules("role: one-of");
        Assert.Equal("owner", (await owner.Api.GetAsync("/api/v1/me")).String("tenantRole"));
    }

    [Fact]
    public async Task AnAdministrator_MayLeave()
    {
        var owner = await Person.OwnerAsync(host);
        var admin = await owner.AddAsync(host, "adam", "administrator");

        (await admin.Api.DeleteAsync(admin.PathOf(admin))).Is(HttpStatusCode.NoContent);

        (await admin.Api.GetAsync("/api/v1/me")).Is(HttpStatusCode.Unauthorized);
        Assert.Equal(["ada"], (await owner.Api.GetAsync(owner.MembersPath())).Texts("userName"));
    }

    [Fact]
    public async Task DeletingATenant_EndsItsSessionsAndTokens()
    {
        var owner = await Person.OwnerAsync(host);
        var bob = await owner.AddAsync(host, "bob");
        var made = await bob.Api.PostAsync("/api/v1/me/tokens", new { name = "ci", scopes = new[] { "*" } });
        var token = host.Bearing(made
            .Is(HttpStatusCode.Created).String("secret"));

        (await host.Operator().DeleteAsync(owner.TenantPath)).Is(HttpStatusCode.NoContent);

        (await owner.Api.GetAsync("/api/v1/me")).Is(HttpStatusCode.Unauthorized);
        (await bob.Api.GetAsync("/api/v1/me")).Is(HttpStatusCode.Unauthorized);
        (await token.GetAsync("/api/v1/me")).Is(HttpStatusCode.Unauthorized);
        (await owner.SignInAgainAsync()).Is(HttpStatusCode.Unauthorized);
        (await host.Operator().GetAsync(owner.MembersPath())).IsProblem(HttpStatusCode.NotFound, "not-found");
    }
}
