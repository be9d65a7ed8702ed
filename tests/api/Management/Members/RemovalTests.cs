using System.Net;
using Sluice.Metering.Identity;
using Xunit;

namespace Sluice.Api.Tests.Management.Members;

public sealed class RemovalTests(NodeHost host) : IClassFixture<NodeHost>
{
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
        var customer = await Customer.CreateAsync(host);
        var admin = host.Operator();
        var bob = (await admin.PostAsync(
            $"{customer.TenantPath}/members", new { userName = "bob", email = "bob@example.com", role = "member" }))
            .Is(HttpStatusCode.Created).String("id");
        var personal = await customer.AnotherKeyAsync();
        var ofSeat = await customer.AnotherKeyAsync();
        var seat = await GiveAsync(customer, bob, personal, ofSeat);
        var path = $"{customer.TenantPath}/members/{bob}";
        var shown = (await admin.GetAsync(path)).Is(HttpStatusCode.OK);
        Assert.True(shown["hasPersonalKey"].GetBoolean());
        Assert.Equal(IdText.Format(IdText.Seat, seat), shown.String("seatId"));
        (await personal.Key.GetAsync("/v1/limits")).Is(HttpStatusCode.OK);
        (await ofSeat.Key.GetAsync("/v1/limits")).Is(HttpStatusCode.OK);

        (await admin.DeleteAsync(path)).Is(HttpStatusCode.NoContent);

        Assert.Equal(2L, await host.QueryAsync<long>(
            "select count(*) from api_key where id = any($1) and deleted_at is not null and credential_version = 2",
            new[] { Scene.IdOf(personal.KeyId), Scene.IdOf(ofSeat.KeyId) }));
        Assert.Equal(1L, await host.QueryAsync<long>(
            "select count(*) from seat where id = $1 and member_id is null", seat));
        (await personal.Key.GetAsync("/v1/limits")).Is(HttpStatusCode.Unauthorized);
        (await ofSeat.Key.GetAsync("/v1/limits")).Is(HttpStatusCode.Unauthorized);
        (await customer.UseAsync(1)).Is(HttpStatusCode.OK);
        // A caller who was told that a node has not confirmed asks again.
        (await admin.DeleteAsync(path)).Is(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task TheOwner_CantBeRemovedOrDemoted_ByAnybody()
    {
        var owner = await Person.OwnerAsync(host);
        var admin = await owner.AddAsync(host, "adam", "administrator");

        (await admin.Api.DeleteAsync(owner.PathOf(owner))).Lacks("administrators:manage");
        (await admin.Api.PatchAsync(owner.PathOf(owner), new { role = "member" })).Lacks("administrators:manage");
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

    /// <summary>Makes two keys the member's own, one of them that of a seat, before any node knows them.</summary>
    private async Task<long> GiveAsync(Customer customer, string memberId, Customer personal, Customer ofSeat)
    {
        var (tenant, member, seat) = (Scene.IdOf(customer.TenantId), Scene.IdOf(memberId), IdText.NewValue());
        await host.QueryAsync<object>(
            """
            with u as (
              insert into subscription (id, tenant_id, plan, seats, credits_per_seat, expires_at, created_at)
              values ($1, $2, 'team', 1, 0, '2100-01-01', now()) returning id)
            insert into seat (id, tenant_id, subscription_id, member_id, assigned_at, created_at)
            select $1, $2, u.id, $3, now(), now() from u
            """,
            seat,
            tenant,
            member);
        await host.QueryAsync<object>(
            "update api_key set kind = 0, project_id = null, member_id = $2 where id = $1",
            Scene.IdOf(personal.KeyId),
            member);
        await host.QueryAsync<object>(
            "update api_key set kind = 2, project_id = null, member_id = $2, seat_id = $3 where id = $1",
            Scene.IdOf(ofSeat.KeyId),
            member,
            seat);
        return seat;
    }
}
