using System.Globalization;
using System.Net;
using Xunit;

namespace Sluice.Api.Tests.Management.Invitations;

public sealed class SharedLinkTests(NodeHost host) : IClassFixture<NodeHost>
{
    [Fact]
    public async Task ALink_LetsAsManyInAsItSays_EachWithAnAddressOfTheirOwn()
    {
        var owner = await Person.OwnerAsync(host);
        var link = await owner.ShareAsync(host, maxUses: 2);

        var bob = (await host.AcceptAsync(link.Token(), "bob", "bob@example.com")).Is(HttpStatusCode.Created);
        Assert.Equal("bob@example.com", bob.String("email"));
        var shown = Assert.Single((await owner.Api.GetAsync(owner.InvitationsPath())).Items());
        Assert.Equal(1, shown.GetProperty("uses").GetInt32());
        Assert.Equal(2, shown.GetProperty("maxUses").GetInt32());
        // Members need no address.
        var cleo = (await host.AcceptAsync(link.Token(), "cleo")).Is(HttpStatusCode.Created);
        Assert.Equal("null", cleo["email"].GetRawText());

        (await host.AcceptAsync(link.Token(), "dan", "dan@example.com"))
            .IsProblem(HttpStatusCode.NotFound, "not-found");
        Assert.Equal(["ada", "bob", "cleo"], (await owner.Api.GetAsync(owner.MembersPath())).Texts("userName"));
    }

    [Fact]
    public async Task ALink_EndsWhenItSays_OrWhenItIsRevoked()
    {
        var owner = await Person.OwnerAsync(host);
        var revoked = await owner.ShareAsync(host, maxUses: 5);
        (await host.AcceptAsync(revoked.Token(), "bob", "bob@example.com")).Is(HttpStatusCode.Created);
        (await owner.Api.DeleteAsync($"{owner.InvitationsPath()}/{revoked.String("id")}")).Is(HttpStatusCode.NoContent);
        var expired = await owner.ShareAsync(host, maxUses: 5);
        (await owner.Api.PostAsync($"{owner.InvitationsPath()}/{expired.String("id")}/resend"))
            .IsProblem(HttpStatusCode.Conflict, "conflict");
        host.Time.Turn(TimeSpan.FromDays(1));

        foreach (var link in new[] { revoked, expired })
        {
            (await host.AcceptAsync(link.Token(), "cleo", "cleo@example.com"))
                .IsProblem(HttpStatusCode.NotFound, "not-found");
        }
    }

    [Theory]
    [InlineData("""{}""", "role: required", "maxUses: required", "expiresAt: required")]
    [InlineData("""{"role": "owner", "maxUses": 0, "expiresAt": "2026-01-01T00:00:00Z"}""",
        "role: one-of", "maxUses: range", "expiresAt: in-the-past")]
    [InlineData("""{"role": "member", "maxUses": 10001, "expiresAt": "2099-01-01T00:00:00Z"}""",
        "maxUses: range", "expiresAt: too-late")]
    public async Task ALink_NamesEveryRuleThatIsBroken(string body, params string[] broken)
    {
        var owner = await Person.OwnerAsync(host);

        (await owner.Api.PostAsync($"{owner.InvitationsPath()}/bulk", body)).BreaksRules(broken);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(10_000, 30)]
    public async Task TheBoundsThemselves_AreAllowed(int maxUses, int days)
    {
        var owner = await Person.OwnerAsync(host);
        var expiresAt = host.Time.GetUtcNow().AddDays(days)
            .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

        (await owner.Api.PostAsync(
            $"{owner.InvitationsPath()}/bulk", new { role = "member", maxUses, expiresAt })).Is(HttpStatusCode.Created);
    }
}
