using System.Net;
using System.Text.Json;
using Sluice.Api.Auth;
using Xunit;

namespace Sluice.Api.Tests.Management.Account;

public sealed class SecondFactorTests(NodeHost host) : IClassFixture<NodeHost>
{
    [Fact]
    public async Task OnceEnrolled_SigningInTakesACode_EachOnce()
    {
        var owner = await Person.OwnerAsync(host);
        var secret = await EnrollAsync(owner);

        var missing = (await owner.SignInAgainAsync()).IsProblem(HttpStatusCode.Unauthorized, "unauthorized");
        Assert.True(missing["mfaRequired"].GetBoolean());
        (await owner.SignInAgainAsync(totp: "000000")).Is(HttpStatusCode.Unauthorized);

        host.Time.Turn(TimeSpan.FromSeconds(30));
        var code = CodeNow(secret);
        (await owner.SignInAgainAsync(totp: code)).Is(HttpStatusCode.OK);
        (await owner.SignInAgainAsync(totp: code)).IsProblem(HttpStatusCode.Unauthorized, "unauthorized");

        // A wrong password must not reveal that there is a second factor.
        var wrong = await owner.SignInAgainAsync("not the password", CodeNow(secret));
        Assert.False(wrong.Json.TryGetProperty("mfaRequired", out _));
    }

    [Fact]
    public async Task APasswordWithoutItsCode_IsNoGuess_AndFiveWrongCodesLock()
    {
        var owner = await Person.OwnerAsync(host);
        var secret = await EnrollAsync(owner);
        host.Time.Turn(TimeSpan.FromSeconds(30));
        for (var i = 0; i < 4; i++)
            (await owner.SignInAgainAsync(totp: "000000")).Is(HttpStatusCode.Unauthorized);
        for (var i = 0; i < 8; i++)
            Assert.True((await owner.SignInAgainAsync()).Is(HttpStatusCode.Unauthorized)["mfaRequired"].GetBoolean());
        (await owner.SignInAgainAsync(totp: CodeNow(secret))).Is(HttpStatusCode.OK);

        host.Time.Turn(TimeSpan.FromSeconds(30));
        for (var i = 0; i < 5; i++)
        {
            (await owner.SignInAgainAsync()).Is(HttpStatusCode.Unauthorized);
            (await owner.SignInAgainAsync(totp: "000000")).Is(HttpStatusCode.Unauthorized);
        }

        (await owner.SignInAgainAsync(totp: CodeNow(secret))).Is(HttpStatusCode.Unauthorized);
        (await owner.Api.PostAsync("/api/v1/me/mfa/disable", new { totp = CodeNow(secret) }))
            .BreaksRules("totp: wrong");
    }

    [Fact]
    public async Task ARecoveryCode_SignsInOnce()
    {
        var owner = await Person.OwnerAsync(host);
        await EnrollAsync(owner, out var codes);
        var list = await codes;

        Assert.Equal(10, list.Distinct().Count());
        (await owner.SignInAgainAsync(totp: list[0].ToLowerInvariant())).Is(HttpStatusCode.OK);
        (await owner.SignInAgainAsync(totp: list[0])).Is(HttpStatusCode.Unauthorized);
        (await owner.SignInAgainAsync(totp: list[1])).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Disabling_TakesACode_AndThePasswordIsEnoughAfterwards()
    {
        var owner = await Person.OwnerAsync(host);
        var secret = await EnrollAsync(owner);

        (await owner.Api.PostAsync("/api/v1/me/mfa/disable", new { totp = "000000" })).BreaksRules("totp: wrong");
        host.Time.Turn(TimeSpan.FromSeconds(30));
        (await owner.Api.PostAsync("/api/v1/me/mfa/disable", new { totp = CodeNow(secret) })).Is(HttpStatusCode.OK);

        (await owner.SignInAgainAsync()).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task ASecret_IsKeptSealed_AndCantBeReplacedOnceInUse()
    {
        var owner = await Person.OwnerAsync(host);
        var secret = await EnrollAsync(owner);

        (await owner.Api.PostAsync("/api/v1/me/mfa/enroll")).IsProblem(HttpStatusCode.Conflict, "conflict");
        (await owner.Api.PostAsync("/api/v1/me/mfa/confirm", new { totp = CodeNow(secret) }))
            .IsProblem(HttpStatusCode.Conflict, "conflict");
        var kept = await host.QueryAsync<byte[]>(
            "select totp_secret from member where id = $1", Scene.IdOf(owner.MemberId));
        Assert.False(kept.AsSpan().IndexOf(secret) >= 0);
    }

    [Fact]
    public async Task ALostSecondFactor_IsRemovedByAnAdministrator_WithItsCodesAndSessions()
    {
        var owner = await Person.OwnerAsync(host);
        var bob = await owner.AddAsync(host, "bob");
        await EnrollAsync(bob);
        (await bob.SignInAgainAsync()).Is(HttpStatusCode.Unauthorized);

        (await owner.Api.PostAsync($"{owner.PathOf(bob)}/reset-mfa")).Is(HttpStatusCode.NoContent);

        (await bob.Api.GetAsync("/api/v1/me")).Is(HttpStatusCode.Unauthorized);
        var session = host.Bearing((await bob.SignInAgainAsync()).Is(HttpStatusCode.OK).String("accessToken"));
        Assert.False((await session.GetAsync("/api/v1/me"))["mfaEnabled"].GetBoolean());
        Assert.Equal(0L, await host.QueryAsync<long>(
            "select count(*) from recovery_code where member_id = $1", Scene.IdOf(bob.MemberId)));
        var entry = Assert.Single(await owner.AuditAsync(host, "mfa.reset"));
        Assert.Equal(
            (owner.MemberId, bob.MemberId),
            (entry.GetProperty("actor").GetString(), entry.GetProperty("target").GetString()));
    }

    [Fact]
    public async Task ASecondFactor_IsResetByThoseWhoMayResetThePassword_AndNeverByOneself()
    {
        var owner = await Person.OwnerAsync(host);
        var (adam, eve) = (
            await owner.AddAsync(host, "adam", "administrator"), await owner.AddAsync(host, "eve", "administrator"));
        var bob = await owner.AddAsync(host, "bob");
        var stranger = await Person.OwnerAsync(host);
        await EnrollAsync(owner);

        foreach (var person in new[] { owner, adam })
        {
            var own = (await person.Api.PostAsync($"{person.PathOf(person)}/reset-mfa"))
                .IsProblem(HttpStatusCode.Forbidden, "forbidden");
            Assert.Contains("/api/v1/me/mfa/disable", own.String("detail"));
        }

        (await adam.Api.PostAsync($"{owner.PathOf(owner)}/reset-mfa")).Lacks("ownership:transfer");
        (await bob.Api.PostAsync($"{owner.PathOf(adam)}/reset-mfa")).Lacks("members:manage");
        (await stranger.Api.PostAsync($"{owner.PathOf(bob)}/reset-mfa")).Is(HttpStatusCode.NotFound);
        (await owner.SignInAgainAsync()).Is(HttpStatusCode.Unauthorized);
        foreach (var other in new[] { bob, eve })
            (await adam.Api.PostAsync($"{owner.PathOf(other)}/reset-mfa")).Is(HttpStatusCode.NoContent);
        (await host.Operator().PostAsync($"{owner.PathOf(owner)}/reset-mfa")).Is(HttpStatusCode.NoContent);
        (await owner.SignInAgainAsync()).Is(HttpStatusCode.OK);
    }

    private string CodeNow(byte[] secret) => new OtpNet.Totp(secret).ComputeTotp(host.Time.GetUtcNow().UtcDateTime);

    private Task<byte[]> EnrollAsync(Person person) => EnrollAsync(person, out _);

    private Task<byte[]> EnrollAsync(Person person, out Task<string[]> codes)
    {
        var confirmed = BeginAsync(person);
        codes = CodesOfAsync(confirmed);
        return SecretOfAsync(confirmed);

        static async Task<string[]> CodesOfAsync(Task<(byte[] Secret, Answer Answer)> confirmed) =>
            (await confirmed).Answer["recoveryCodes"].Deserialize<string[]>()!;

        static async Task<byte[]> SecretOfAsync(Task<(byte[] Secret, Answer Answer)> confirmed) =>
            (await confirmed).Secret;
    }

    private async Task<(byte[] Secret, Answer Answer)> BeginAsync(Person person)
    {
        var begun = (await person.Api.PostAsync("/api/v1/me/mfa/enroll")).Is(HttpStatusCode.OK);
        Assert.StartsWith(
            $"otpauth://totp/Sluice:{person.UserName}?secret={begun.String("secret")}", begun.String("otpauthUri"));
        var secret = FromBase32(begun.String("secret"));
        (await person.Api.PostAsync("/api/v1/me/mfa/confirm", new { totp = "000000" })).BreaksRules("totp: wrong");
        var confirmed = await person.Api.PostAsync("/api/v1/me/mfa/confirm", new { totp = CodeNow(secret) });
        return (secret, confirmed.Is(HttpStatusCode.OK));
    }

    private static byte[] FromBase32(string text)
    {
        const string digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(text.Select(static c =>
            Convert.ToString(digits.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
