using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Storage.Control.Accounts;
using Xunit;

namespace Sluice.Api.Tests.Management.Account;

/// <summary>Guesses that are sent all at once, so that none has failed when the next is checked.</summary>
public sealed class GuessTests(NodeHost host) : IClassFixture<NodeHost>
{
    private const int Guesses = 18;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HoweverManyAreTakenAtOnce_FiveMayBeChecked()
    {
        var owner = await Person.OwnerAsync(host);
        var accounts = host.Services.GetRequiredService<AccountStore>();
        var id = Scene.IdOf(owner.MemberId);

        var taken = await Task.WhenAll(Enumerable.Range(0, 50).Select(
            _ => Task.Run(() => accounts.TakeAttemptAsync(id, Cancellation))));

        Assert.Equal(5, taken.Count(static mayTry => mayTry));
        Assert.False(await accounts.TakeAttemptAsync(0, Cancellation));
        (await owner.SignInAgainAsync()).IsProblem(HttpStatusCode.Unauthorized, "unauthorized");
        host.Time.Turn(TimeSpan.FromMinutes(6));
        (await owner.SignInAgainAsync()).Is(HttpStatusCode.OK);
        Assert.True(await accounts.TakeAttemptAsync(id, Cancellation));
    }

    [Fact]
    public async Task AnAttemptThatIsGivenBack_CountsAsNone_AlsoIfAnotherNodeHasForgivenAllMeanwhile()
    {
        var owner = await Person.OwnerAsync(host);
        var accounts = host.Services.GetRequiredService<AccountStore>();
        var id = Scene.IdOf(owner.MemberId);

        await accounts.TakeAttemptAsync(id, Cancellation);
        (await owner.SignInAgainAsync()).Is(HttpStatusCode.OK);
        await accounts.ReturnAttemptAsync(id, Cancellation);
        for (var i = 0; i < 4; i++)
            (await owner.SignInAgainAsync("not the password")).Is(HttpStatusCode.Unauthorized);
        (await owner.SignInAgainAsync()).Is(HttpStatusCode.OK);

        // The fifth, which has locked the account, unlocks it when it is given back.
        for (var i = 0; i < 5; i++)
            await accounts.TakeAttemptAsync(id, Cancellation);
        await accounts.ReturnAttemptAsync(id, Cancellation);
        (await owner.SignInAgainAsync()).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task GuessesOfAPassword_LockTheAccount_WhereverTheyAreMade()
    {
        var (signedIn, other) = (await Person.OwnerAsync(host), await Person.OwnerAsync(host));
        await Task.WhenAll(Enumerable.Range(0, Guesses).Select(_ => signedIn.SignInAgainAsync("not the password")));
        await Task.WhenAll(Enumerable.Range(0, Guesses).Select(_ => ChangeAsync(other, "not the password")));

        foreach (var person in new[] { signedIn, other })
        {
            (await person.SignInAgainAsync()).IsProblem(HttpStatusCode.Unauthorized, "unauthorized");
            (await ChangeAsync(person, Person.Password)).BreaksRules("current: wrong");
        }

        static Task<Answer> ChangeAsync(Person person, string current) =>
            person.Api.PostAsync("/api/v1/me/password", new { current, @new = "another horse battery" });
    }

    [Fact]
    public async Task ManyRightOnesAtOnce_AllPass_AndMoreThanThatAreToldToWait()
    {
        var owner = await Person.OwnerAsync(host);

        var answers = await Task.WhenAll(Enumerable.Range(0, Guesses).Select(_ => owner.SignInAgainAsync()));
        Assert.All(answers, static answer => answer.Is(HttpStatusCode.OK));

        // With its account held by another, nobody can go on.
        var turns = host.Services.GetRequiredService<Sluice.Api.Auth.AccountTurns>();
        using (await turns.TakeAsync(Scene.IdOf(owner.MemberId), Cancellation))
        {
            var waiting = Enumerable.Range(0, 40).Select(_ => owner.SignInAgainAsync()).ToList();
            var refused = await Task.WhenAny(waiting);
            var told = (await refused).IsProblem(HttpStatusCode.TooManyRequests, "too-many-attempts");
            Assert.Equal(TimeSpan.FromSeconds(1), told.Message.Headers.RetryAfter?.Delta);
        }
    }

    /// <summary>Accounts that exist wait for nobody else's either, so a wait must not tell the two apart.</summary>
    [Fact]
    public async Task AnAccountThatIsMissing_WaitsForNoOther()
    {
        var owner = await Person.OwnerAsync(host);
        var turns = host.Services.GetRequiredService<Sluice.Api.Auth.AccountTurns>();
        using (await turns.TakeAsync(0, Cancellation))
        {
            (await Person.SignInAsync(host, owner.TenantId, "ghost", Person.Password))
                .IsProblem(HttpStatusCode.Unauthorized, "unauthorized");
        }
    }

    [Fact]
    public async Task AChangedPassword_EndsAccessTokens()
    {
        var owner = await Person.OwnerAsync(host);
        var token = (await owner.Api.PostAsync("/api/v1/me/tokens", new { name = "ci", scopes = new[] { "*" } }))
            .Is(HttpStatusCode.Created).String("secret");

        (await owner.Api.PostAsync(
            "/api/v1/me/password", new { current = Person.Password, @new = "another horse battery" }))
            .Is(HttpStatusCode.OK);

        (await host.Bearing(token).GetAsync("/api/v1/me")).Is(HttpStatusCode.Unauthorized);
        (await owner.Api.GetAsync("/api/v1/me")).Is(HttpStatusCode.OK);
    }
}
