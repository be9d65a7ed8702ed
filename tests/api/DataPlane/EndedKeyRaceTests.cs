using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Xunit;

namespace Sluice.Api.Tests.DataPlane;

/// <summary>Ends of reservations that meet the end of their key: stalled before it, or repeated after it.</summary>
public abstract class EndedKeyRaceTests(NodeHost host)
{
    public sealed class OnOneNode(NodeHost host) : EndedKeyRaceTests(host), IClassFixture<NodeHost>;

    public sealed class OnThreeNodes(ThreeNodes host) : EndedKeyRaceTests(host), IClassFixture<ThreeNodes>;

    [Theory]
    [InlineData("regenerated")]
    [InlineData("deleted")]
    [InlineData("its grace has ended")]
    public async Task ACommitWhoseBodyArrivesAfterItsSecretHasEnded_CountsAtMostWhatIsHeld(string end)
    {
        var customer = await Customer.CreateAsync(host);
        (await ReserveAsync(customer, "r", 500)).Is(HttpStatusCode.Created);
        (await ReserveAsync(customer, "late", 500, ttlSeconds: 60)).Is(HttpStatusCode.Created);
        var greedy = await StalledCommit.StartAsync(host, customer, "r", 5_000);
        var honest = await StalledCommit.StartAsync(host, customer, "r", 321);
        var late = await StalledCommit.StartAsync(host, customer, "late", 1);
        await EndAsync(customer, end);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, await greedy.FinishAsync());
        Assert.Equal(HttpStatusCode.OK, await honest.FinishAsync());
        host.Time.Turn(TimeSpan.FromSeconds(61));
        Assert.Equal(HttpStatusCode.Unauthorized, await late.FinishAsync());
        await customer.SeesInLedgerAsync(321);
    }

    [Fact]
    public async Task ACommitWhoseBodyArrivesAfterItsKeyWasChanged_CountsInFull_WhileTheSecretWorks()
    {
        var customer = await Customer.CreateAsync(host);
        (await ReserveAsync(customer, "r", 500)).Is(HttpStatusCode.Created);
        var commit = await StalledCommit.StartAsync(host, customer, "r", 700);
        (await customer.Operator.PatchAsync(
            customer.KeyPath, new { expiresAt = host.Time.GetUtcNow() + TimeSpan.FromDays(1) })).Is(HttpStatusCode.OK);

        Assert.Equal(HttpStatusCode.OK, await commit.FinishAsync());
        await customer.SeesInLedgerAsync(700);
    }

    [Theory]
    [InlineData("regenerated")]
    [InlineData("deleted")]
    public async Task AnEndedSecretThatRepeatsAnEnd_GetsTheFirstAnswer_EvenBeyondTheHold_AndAfterIt(string end)
    {
        var customer = await Customer.CreateAsync(host);
        (await ReserveAsync(customer, "r", 500, ttlSeconds: 60)).Is(HttpStatusCode.Created);
        (await ReserveAsync(customer, "s", 500, ttlSeconds: 60)).Is(HttpStatusCode.Created);
        (await CommitAsync(customer, "r", 700)).Is(HttpStatusCode.OK);
        (await customer.Key.DeleteAsync("/v1/reservations/s")).Is(HttpStatusCode.NoContent);
        await EndAsync(customer, end);

        await RepeatAsync();
        host.Time.Turn(TimeSpan.FromSeconds(61));
        await RepeatAsync();
        await customer.SeesInLedgerAsync(700);
        await customer.SeesUsedAsync(700, customer.TenantId);

        async Task RepeatAsync()
        {
            Assert.True((await CommitAsync(customer, "r", 700)).Is(HttpStatusCode.OK)["duplicate"].GetBoolean());
            (await CommitAsync(customer, "r", 701)).IsProblem(HttpStatusCode.Conflict, "id-conflict");
            (await CommitAsync(customer, "s", 700)).IsProblem(HttpStatusCode.Conflict, "reservation-ended");
            var byTurns = host.BearingByTurns(customer.Secret);
            (await byTurns.DeleteAsync("/v1/reservations/r"))
                .IsProblem(HttpStatusCode.Conflict, "reservation-ended");
            (await byTurns.DeleteAsync("/v1/reservations/s")).Is(HttpStatusCode.NoContent);
        }
    }

    private async Task EndAsync(Customer customer, string end)
    {
        if (end == "deleted")
        {
            (await customer.Operator.DeleteAsync(customer.KeyPath)).Is(HttpStatusCode.NoContent);
            return;
        }

        var grace = end == "regenerated" ? null : new { graceSeconds = 30 };
        (await customer.Operator.PostAsync($"{customer.KeyPath}/regenerate", grace)).Is(HttpStatusCode.OK);
        if (grace is not null)
            host.Time.Turn(TimeSpan.FromSeconds(31));
    }

    private static Task<Answer> ReserveAsync(Customer customer, string id, int tokens, int ttlSeconds = 300) =>
        customer.Key.PostAsync("/v1/reservations", new { id, ttlSeconds, metrics = new { text_tokens = tokens } });

    /// <summary>Commits at any node: the hold is at the last one.</summary>
    private Task<Answer> CommitAsync(Customer customer, string id, int tokens) =>
        host.BearingByTurns(customer.Secret).PostAsync(
            $"/v1/reservations/{id}/commit", new { metrics = new { text_tokens = tokens } });

    /// <summary>
    /// A commit whose secret was accepted and whose body has not been sent. It asks for <c>100 Continue</c>, which the
    /// server sends when it first reads the body: so the secret has been checked by then.
    /// </summary>
    private sealed class StalledCommit : HttpContent
    {
        // Of its own, because the clients of test hosts read a body before they send anything.
        private static readonly HttpClient Http = new(
            new SocketsHttpHandler { Expect100ContinueTimeout = Timeout.InfiniteTimeSpan });

        private readonly byte[] _body;
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Task<HttpResponseMessage>? _answer;

        private StalledCommit(int tokens)
        {
            _body = Encoding.UTF8.GetBytes($$$"""{"metrics": {"text_tokens": {{{tokens}}}}}""");
            Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        public static async Task<StalledCommit> StartAsync(NodeHost host, Customer customer, string id, int tokens)
        {
            var commit = new StalledCommit(tokens);
            using var known = host.CreateClient();
            var path = new Uri(known.BaseAddress!, $"/v1/reservations/{id}/commit");
            var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = commit };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", customer.Secret);
            request.Headers.ExpectContinue = true;
            commit._answer = Http.SendAsync(request);
            await commit._asked.Task;
            return commit;
        }

        /// <summary>Sends the body and returns the status of the answer.</summary>
        public async Task<HttpStatusCode> FinishAsync()
        {
            _sent.SetResult();
            using var answer = await _answer!;
            return answer.StatusCode;
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            _asked.SetResult();
            await _sent.Task;
            await stream.WriteAsync(_body);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _body.Length;
            return true;
        }
    }
}
