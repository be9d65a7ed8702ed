using System.Net;
using Sluice.TestSupport.Postgres;
using Xunit;

namespace Sluice.Api.Tests.Management;

public sealed class OutageTests(OutageTests.OwnServer own) : IClassFixture<OutageTests.OwnServer>
{
    private readonly PostgresFixture _postgres = own.Postgres;
    private readonly NodeHost _host = own.Node;

    /// <summary>
    /// A database server that tests may stop, and a node that uses it. Each test leaves both running.
    /// </summary>
    public sealed class OwnServer : IAsyncLifetime
    {
        public OwnServer() => Node = new NodeHost(Postgres);

        public PostgresFixture Postgres { get; } = new();

        public NodeHost Node { get; }

        public ValueTask InitializeAsync() => Node.InitializeAsync();

        public async ValueTask DisposeAsync()
        {
            await Node.DisposeAsync();
            await Postgres.DisposeAsync();
        }
    }

    [Fact]
    public async Task WithoutTheStore_CallsAreRefusedToBeRepeated_AndWorkAgainWhenItIsBack()
    {
        var api = _host.Operator();
        var tenant = await api.TenantPathAsync();
        var customer = await Customer.CreateAsync(_host);
        await (await _postgres.Cluster).StopAsync(immediate: true);

        foreach (var answer in new[]
        {
            await api.GetAsync(tenant),
            await api.PostAsync($"{tenant}/projects", new { name = "Search" }),
            await api.PostAsync($"{tenant}/projects", new { name = "Search" }, "during-the-outage"),
            // It breaks a rule, yet may be the repeat of one that was done: only the store knows.
            await api.PostAsync($"{tenant}/projects", new { name = "" }, "invalid-during-the-outage"),
        })
        {
            answer.IsProblem(HttpStatusCode.ServiceUnavailable, "unavailable");
            Assert.Equal(TimeSpan.FromSeconds(1), answer.Message.Headers.RetryAfter?.Delta);
        }

        var page = (await api.GetAsync("/invitations/accept?token=sli_x")).Is(HttpStatusCode.ServiceUnavailable);
        Assert.Equal("text/html", page.ContentType);
        Assert.Contains("Please try again in a moment", page.Text);
        var ready = (await api.GetAsync("/health/ready")).Is(HttpStatusCode.ServiceUnavailable);
        Assert.Equal("The database does not answer.", ready["parts"].GetProperty("store").GetString());
        (await api.GetAsync("/health/live")).Is(HttpStatusCode.OK);

        await (await _postgres.Cluster).StartAgainAsync();
        (await api.GetAsync(tenant)).Is(HttpStatusCode.OK);
        (await api.PostAsync($"{tenant}/projects", new { name = "Search" }, "during-the-outage"))
            .Is(HttpStatusCode.Created);
        (await Eventually.BecomesAsync(
            () => api.GetAsync("/health/ready"), static answer => answer.Status == HttpStatusCode.OK))
            .Is(HttpStatusCode.OK);

        // The first write to the ledger may use the old connection, and gets an answer to repeat it.
        (await Eventually.BecomesAsync(
            () => customer.UseAsync(1), static answer => answer.Status == HttpStatusCode.OK)).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task WithoutTheStore_UsageIsRefused_AndTheSameIdCountsOnceWhenItIsBack()
    {
        var customer = await Customer.CreateAsync(_host);
        await customer.LimitKeyAsync("text_tokens", 10);
        (await customer.UseAsync(3)).Is(HttpStatusCode.OK);
        await (await _postgres.Cluster).StopAsync(immediate: true);

        foreach (var answer in new[] { await customer.UseAsync(4, "again"), await customer.UseAsync(4, "again") })
        {
            Assert.Equal("application/problem+json", answer.Is(HttpStatusCode.ServiceUnavailable).ContentType);
            Assert.Equal(TimeSpan.FromSeconds(1), answer.Message.Headers.RetryAfter?.Delta);
        }

        await (await _postgres.Cluster).StartAgainAsync();
        var counted = await Eventually.BecomesAsync(
            () => customer.UseAsync(4, "again"), static answer => answer.Status == HttpStatusCode.OK);
        Assert.Equal(7, counted.Is(HttpStatusCode.OK)["limits"][0].GetProperty("used").GetInt32());
        (await customer.UseAsync(4)).Is(HttpStatusCode.TooManyRequests);
        await customer.SeesInLedgerAsync(7);
    }

    [Fact]
    public async Task AStoreLostWhileCommitting_IsNotClaimedToHaveSavedNothing()
    {
        var api = _host.Operator();
        var tenant = await api.TenantPathAsync();
        await _host.QueryAsync<int>(
            """
            create function end_session() returns trigger language plpgsql as
              $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$;
            create constraint trigger at_commit after insert on project deferrable initially deferred
              for each row execute function end_session()
            """);

        var answer = await api.PostAsync($"{tenant}/projects", new { name = "Search" }, "lost");

        answer.IsProblem(HttpStatusCode.ServiceUnavailable, "unavailable");
        Assert.Contains("may be saved or not", answer.String("detail"));
        await _host.QueryAsync<int>("drop trigger at_commit on project");
        (await api.PostAsync($"{tenant}/projects", new { name = "Search" }, "lost")).Is(HttpStatusCode.Created);
    }

    [Fact]
    public async Task AChangeThatIsSavedButNotInForce_IsToldSo_AndTheCallCanBeRepeated()
    {
        var api = _host.Operator();
        await _host.QueryAsync<int>("alter table price_book rename to price_book_away");

        var answer = await api.PostAsync("/api/v1/metrics", new { name = "frames" }, "frames");

        answer.IsProblem(HttpStatusCode.ServiceUnavailable, "not-in-force-everywhere");
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Message.Headers.RetryAfter?.Delta);
        Assert.Contains("saved", answer.String("detail"));
        Assert.Contains("frames", (await api.GetAsync("/api/v1/metrics")).Text);
        var customer = await Customer.CreateAsync(_host);
        (await customer.UseAsync("""{"metrics": {"frames": 1}}""")).IsProblem(
            HttpStatusCode.UnprocessableEntity, "rule-broken");

        await _host.QueryAsync<int>("alter table price_book_away rename to price_book");
        (await api.PostAsync("/api/v1/metrics", new { name = "frames" }, "frames")).Is(HttpStatusCode.Created);
        (await customer.UseAsync("""{"metrics": {"frames": 1}}""")).Is(HttpStatusCode.OK);
    }
}
