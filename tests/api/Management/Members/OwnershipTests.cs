using System.Net;
using Xunit;

namespace Sluice.Api.Tests.Management.Members;

[Collection<MembersNode>]
public sealed class OwnershipTests(NodeHost host)
{
    [Fact]
    public async Task TheOwner_HandsTheTenantOver_AndIsAnAdministratorAfterwards()
    {
        var owner = await Person.OwnerAsync(host);
        var bob = await owner.AddAsync(host, "bob");

        var next = (await owner.Api.PostAsync($"{owner.PathOf(bob)}/transfer-ownership")).Is(HttpStatusCode.OK);

        Assert.Equal("owner", next.String("role"));
        Assert.Equal(bob.MemberId, next.String("id"));
        Assert.Equal(["administrator", "owner"], (await bob.Api.GetAsync(bob.MembersPath())).Texts("role"));
        (await owner.Api.PostAsync($"{owner.PathOf(owner)}/transfer-ownership")).Lacks("ownership:transfer");
        (await bob.Api.DeleteAsync(bob.PathOf(owner))).Is(HttpStatusCode.NoContent);
        var entry = Assert.Single(await bob.AuditAsync(host, "ownership"));
        Assert.Equal(owner.MemberId, entry.GetProperty("before").GetProperty("owner").GetString());
        Assert.Equal(bob.MemberId, entry.GetProperty("after").GetProperty("owner").GetString());
    }

    [Fact]
    public async Task AnAdministrator_TakesNothingOver_AndTheOperatorHelpsWhereTheOwnerIsGone()
    {
        var owner = await Person.OwnerAsync(host);
        var admin = await owner.AddAsync(host, "adam", "administrator");

        (await admin.Api.PostAsync($"{admin.PathOf(admin)}/transfer-ownership")).Lacks("ownership:transfer");

        (await host.Operator().PostAsync($"{admin.PathOf(admin)}/transfer-ownership")).Is(HttpStatusCode.OK);
        Assert.Equal("owner", (await admin.Api.GetAsync("/api/v1/me")).String("tenantRole"));
    }

    [Fact]
    public async Task TwoHandOversAtOnce_MakeOneOwner()
    {
        var owner = await Person.OwnerAsync(host);
        var heirs = new[]
        {
            await owner.AddAsync(host, "bob"), await owner.AddAsync(host, "cleo"), await owner.AddAsync(host, "dan"),
        };

        var answers = await Task.WhenAll(heirs.Select(heir =>
            owner.Api.PostAsync($"{owner.PathOf(heir)}/transfer-ownership")));

        Assert.Single(answers, static answer => answer.Status == HttpStatusCode.OK);
        Assert.All(answers, static answer => Assert.True(
            answer.Status is HttpStatusCode.OK or HttpStatusCode.Conflict or HttpStatusCode.Forbidden, answer.Text));
        var roles = (await host.Operator().GetAsync(owner.MembersPath())).Texts("role");
        Assert.Single(roles, static role => role == "owner");
    }
}
