using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Xunit;

namespace Sluice.Api.Tests.Management.Account;

[Collection<MembersNode>]
public sealed class PasswordTests(NodeHost host)
{
    [Theory]
    [InlineData(null, "new: required")]
    [InlineData("short", "new: too-short")]
    [InlineData("aaaaaaaaaaaa", "new: too-simple")]
    [InlineData(Person.Password, "new: unchanged")]
    public async Task APasswordThatIsNoGood_IsRefused(string? password, string rule)
    {
        var owner = await Person.OwnerAsync(host);

        (await owner.Api.PostAsync("/api/v1/me/password", new { current = Person.Password, @new = password }))
            .BreaksRules(rule);

        (await owner.SignInAgainAsync()).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task ANewPassword_TakesTheOldOne_AndEndsTheOtherSessions()
    {
        var owner = await Person.OwnerAsync(host);
        var other = host.Bearing((await owner.SignInAgainAsync()).String("accessToken"));
        (await other.GetAsync("/api/v1/me")).Is(HttpStatusCode.OK);
        const string fresh = "another long password";

        (await owner.Api.PostAsync("/api/v1/me/password", new { current = "wrong", @new = fresh }))
            .BreaksRules("current: wrong");
        (await owner.Api.PostAsync("/api/v1/me/password", new { current = Person.Password, @new = fresh }))
            .Is(HttpStatusCode.OK);

        (await other.GetAsync("/api/v1/me")).IsProblem(HttpStatusCode.Unauthorized, "unauthorized");
        (await owner.Api.GetAsync("/api/v1/me")).Is(HttpStatusCode.OK);
        (await owner.SignInAgainAsync()).Is(HttpStatusCode.Unauthorized);
        (await owner.SignInAgainAsync(fresh)).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task AHashOfFewerRounds_IsRenewed_WhenItsOwnerSignsIn()
    {
        var owner = await Person.OwnerAsync(host);
        var weak = new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = 1 }))
            .HashPassword(owner, Person.Password);
        await host.QueryAsync<int>(
            "update member set password_hash = $2 where id = $1", Scene.IdOf(owner.MemberId), weak);

        (await owner.SignInAgainAsync("not the password")).Is(HttpStatusCode.Unauthorized);
        Assert.Equal(weak, await HashAsync(owner));
        (await owner.SignInAgainAsync()).Is(HttpStatusCode.OK);

        var renewed = await HashAsync(owner);
        Assert.NotEqual(weak, renewed);
        (await owner.SignInAgainAsync()).Is(HttpStatusCode.OK);
        Assert.Equal(renewed, await HashAsync(owner));
    }

    [Fact]
    public async Task TheDatabase_HasNeitherPasswordNorToken()
    {
        var owner = await Person.OwnerAsync(host);

        var member = await host.QueryAsync<string>(
            "select row_to_json(m)::text from member m where id = $1", Scene.IdOf(owner.MemberId));
        var session = await host.QueryAsync<string>(
            "select string_agg(row_to_json(s)::text, ' ') from console_session s where member_id = $1",
            Scene.IdOf(owner.MemberId));

        Assert.DoesNotContain(Person.Password, member);
        Assert.DoesNotContain(owner.Token, session);
        Assert.DoesNotContain(owner.Token, host.Log.Text);
        Assert.DoesNotContain(Person.Password, host.Log.Text);
    }

    private Task<string?> HashAsync(Person member) => host.QueryAsync<string>(
        "select password_hash from member where id = $1", Scene.IdOf(member.MemberId));
}
