using System.Net;
using Xunit;

namespace Sluice.Api.Tests.Management.Members;

[Collection<MembersNode>]
public sealed class MemberRaceTests(NodeHost host)
{
    private const int AtOnce = 100;

    [Fact]
    public async Task AHundredOfOneUserName_AreOneMember_AndTheOthersNameIt()
    {
        var owner = await Person.OwnerAsync(host);

        var answers = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(i => owner.Api.PostAsync(
            owner.MembersPath(), new { userName = "bob", email = $"bob{i}@example.com", role = "member" })));

        var made = Assert.Single(answers, static answer => answer.Status == HttpStatusCode.Created);
        foreach (var answer in answers.Where(answer => answer != made))
        {
            answer.IsProblem(HttpStatusCode.Conflict, "conflict");
            Assert.Equal(made.String("id"), answer.String("conflictsWith"));
        }

        Assert.Equal(["ada", "bob"], (await owner.Api.GetAsync(owner.MembersPath())).Texts("userName"));
    }
}
