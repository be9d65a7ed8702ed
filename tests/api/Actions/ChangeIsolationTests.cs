using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Sluice.Api.Auth;
using Xunit;

namespace Sluice.Api.Tests.Actions;

/// <summary>
/// Changes that wait, for a turn or for each other, leave those of other tenants and all reads alone.
/// </summary>
public sealed class ChangeIsolationTests(NodeHost host) : IClassFixture<NodeHost>
{
    private const string Fresh = "another horse battery";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ChangesThatWaitForTheirTurn_HoldNoConnection()
    {
        var (ann, joe, other) = (
            await Person.OwnerAsync(host), await Person.OwnerAsync(host), await Person.OwnerAsync(host));
        var turns = host.Services.GetRequiredService<AccountTurns>();
        List<Task<Answer>> waiting = [];
        using (await turns.TakeAsync(Scene.IdOf(ann.MemberId), Cancellation))
        using (await turns.TakeAsync(Scene.IdOf(joe.MemberId), Cancellation))
        {
            foreach (var person in new[] { ann, joe })
            {
                // Twenty wait for each account, all together more than there are connections of any kind.
                var asked = Enumerable.Range(0, 21)
                    .Select(number => ChangeAsync(person, $"waits {number}", Fresh + number)).ToList();
                var refused = await Task.WhenAny(asked);
                (await refused).IsProblem(HttpStatusCode.TooManyRequests, "too-many-attempts");
                waiting.AddRange(asked.Where(answer => answer != refused));
            }

            (await other.Api.PostAsync($"{other.TenantPath}/projects", new { name = "Search" }, "search"))
                .Is(HttpStatusCode.Created);
            (await other.Api.GetAsync($"{other.TenantPath}/projects")).Is(HttpStatusCode.OK);
            (await host.Anonymous().GetAsync("/health/ready")).Is(HttpStatusCode.OK);
            Assert.All(waiting, static answer => Assert.False(answer.IsCompleted));
        }

        foreach (var person in await Task.WhenAll(waiting))
            Assert.Contains(person.Status, new[] { HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity });
    }

    [Fact]
    public async Task ChangesThatWaitForEachOther_TakeOnlyTheirTenantsPlaces()
    {
        var (greedy, other) = (await Person.OwnerAsync(host), await Person.OwnerAsync(host));
        List<Task<Answer>> waiting;
        await using (await LockTenantAsync(greedy.TenantId))
        {
            waiting =
            [
                .. Enumerable.Range(0, 30).Select(number => greedy.Api.PostAsync(
                    $"{greedy.TenantPath}/projects", new { name = $"project {number}" }, $"project {number}")),
            ];

            for (var number = 0; number < 5; number++)
            {
                (await other.Api.PostAsync(
                    $"{other.TenantPath}/projects", new { name = $"other {number}" }, $"other {number}"))
                    .Is(HttpStatusCode.Created);
            }

            // None of them has ended to make room, as one that waits for the lock for too long does.
            foreach (var answer in waiting.Where(static answer => answer.IsCompleted))
                (await answer).IsProblem(HttpStatusCode.ServiceUnavailable, "unavailable");
        }

        // Those that were patient enough are done.
        Assert.Contains(await Task.WhenAll(waiting), IsDone);

        static bool IsDone(Answer answer) => answer.Status == HttpStatusCode.Created;
    }

    [Fact]
    public async Task AChangeOfAPassword_SentTwiceAtOnce_IsDoneOnce_AndAnsweredTwice()
    {
        var owner = await Person.OwnerAsync(host);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ChangeAsync(owner, "once", Fresh)));

        Assert.All(answers, answer => Assert.Equal(answers[0].Is(HttpStatusCode.OK).Text, answer.Text));
        (await owner.SignInAgainAsync(Fresh)).Is(HttpStatusCode.OK);
        (await ChangeAsync(owner, "once", Fresh)).Is(HttpStatusCode.OK);
        (await ChangeAsync(owner, "twice", Fresh)).BreaksRules("current: wrong");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("with a key")]
    public async Task ARefusedChangeOfAPassword_IsNoSuccess(string? idempotencyKey)
    {
        var owner = await Person.OwnerAsync(host);
        var turns = host.Services.GetRequiredService<AccountTurns>();
        List<Task<Answer>> asked;
        using (await turns.TakeAsync(Scene.IdOf(owner.MemberId), Cancellation))
        {
            asked =
            [
                .. Enumerable.Range(0, 21).Select(number => ChangeAsync(
                    owner, idempotencyKey is null ? null : $"{idempotencyKey} {number}", Fresh)),
            ];
            var refused = await await Task.WhenAny(asked);
            refused.IsProblem(HttpStatusCode.TooManyRequests, "too-many-attempts");
            Assert.Equal(TimeSpan.FromSeconds(1), refused.Message.Headers.RetryAfter?.Delta);
        }

        await Task.WhenAll(asked);
    }

    [Fact]
    public async Task WithoutAFreeConnection_ReadsAreRefusedSoon_AndTheNodeIsReady()
    {
        var owner = await Person.OwnerAsync(host);
        var source = host.Services.GetRequiredService<NpgsqlDataSource>();
        var taken = new List<NpgsqlConnection>();
        try
        {
            for (var number = 0; number < 16; number++)
                taken.Add(await source.OpenConnectionAsync(Cancellation));

            (await host.Anonymous().GetAsync("/health/ready")).Is(HttpStatusCode.OK);
            var refused = (await owner.Api.GetAsync($"{owner.TenantPath}/projects"))
                .IsProblem(HttpStatusCode.ServiceUnavailable, "unavailable");
            Assert.Equal("The node is busy.", refused.String("title"));
            Assert.Equal(TimeSpan.FromSeconds(1), refused.Message.Headers.RetryAfter?.Delta);
        }
        finally
        {
            foreach (var connection in taken)
                await connection.DisposeAsync();
        }
    }

    private static Task<Answer> ChangeAsync(Person person, string? key, string password) => person.Api.PostAsync(
        "/api/v1/me/password", new { current = Person.Password, @new = password }, key);

    /// <summary>Makes changes of a tenant wait, until it is disposed.</summary>
    private async Task<NpgsqlConnection> LockTenantAsync(string tenantId)
    {
        var connection = new NpgsqlConnection(host.ConnectionString);
        await connection.OpenAsync(Cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = $"begin; select from tenant where id = {Scene.IdOf(tenantId)} for update";
        await command.ExecuteNonQueryAsync(Cancellation);
        return connection;
    }
}
