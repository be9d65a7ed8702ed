using System.Net;
using Xunit;

namespace Sluice.Api.Tests.Management.Invitations;

public sealed class AcceptRaceTests(NodeHost host) : IClassFixture<NodeHost>
{
    private const int AtOnce = 100;

    [Fact]
    public async Task AHundredWhoAcceptASingleInvitation_AreOneMember()
    {
        var owner = await Person.OwnerAsync(host);
        var token = (await owner.InviteAsync("bob@example.com")).Token();

        var answers = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(i => host.AcceptAsync(token, $"bob{i}")));

        var made = Assert.Single(answers, static answer => answer.Status == HttpStatusCode.Created);
        Assert.All(
            answers.Where(answer => answer != made),
            static answer => answer.IsProblem(HttpStatusCode.NotFound, "not-found"));
        Assert.Equal(
            ["ada", made.String("userName")], (await owner.Api.GetAsync(owner.MembersPath())).Texts("userName"));
    }

    [Fact]
    public async Task OfManyWithALinkForSeven_SevenComeIn()
    {
        var owner = await Person.OwnerAsync(host);
        var token = (await owner.ShareAsync(host, maxUses: 7)).Token();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            host.AcceptAsync(token, $"p{i}", $"p{i}@example.com")));

        Assert.Equal(7, answers.Count(static answer => answer.Status == HttpStatusCode.Created));
        Assert.Equal(13, answers.Count(static answer => answer.Status == HttpStatusCode.NotFound));
        Assert.Equal(8, (await owner.Api.GetAsync(owner.MembersPath())).Items().Count);
        Assert.Empty((await owner.Api.GetAsync(owner.InvitationsPath())).Items());
    }

    [Fact]
    public async Task ManyInvitationsOfOneAddressAtOnce_AreOne()
    {
        var owner = await Person.OwnerAsync(host);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => owner.InviteAsync("bob@example.com")));

        var made = Assert.Single(answers, static answer => answer.Status == HttpStatusCode.Created);
        Assert.All(
            answers.Where(answer => answer != made),
            answer => Assert.Equal(
                made.String("id"), answer.IsProblem(HttpStatusCode.Conflict, "conflict").String("conflictsWith")));
    }
}
