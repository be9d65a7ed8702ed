using System.Net;
using Sluice.TestPostgres;
using Xunit;

namespace Sluice.Api.Tests.Management;

public sealed class OutageTests : IAsyncLifetime
{
    private readonly PostgresFixture _postgres = new();
    private readonly NodeHost _host;

    public OutageTests() => _host = new(_postgres);

    public async ValueTask InitializeAsync() => await _host.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    [Fact]
    public async Task WithoutTheStore_CallsAreRefusedToBeRepeated_AndWorkAgainWhenItIsBack()
    {
        var api = _host.Operator();
        var tenant = await api.TenantPathAsync();
        await (await _postgres.Cluster).StopAsync(immediate: true);

        foreach (var answer in new[]
        {
            await api.GetAsync(tenant),
            await api.PostAsync($"{tenant}/projects", new { name = "Search" }),
            await api.PostAsync($"{tenant}/projects", new { name = "Search" }, "during-the-outage"),
        })
        {
            answer.IsProblem(HttpStatusCode.ServiceUnavailable, "unavailable");
            Assert.Equal(TimeSpan.FromSeconds(1), answer.Message.Headers.RetryAfter?.Delta);
        }

        var ready = (await api.GetAsync("/health/ready")).Is(HttpStatusCode.ServiceUnavailable);
        Assert.Equal("The database does not answer.", ready["parts"].GetProperty("store").GetString());
        (await api.GetAsync("/health/live")).Is(HttpStatusCode.OK);

        await (await _postgres.Cluster).StartAgainAsync();
        (await api.GetAsync(tenant)).Is(HttpStatusCode.OK);
        (await api.PostAsync($"{tenant}/projects", new { name = "Search" }, "during-the-outage"))
            .Is(HttpStatusCode.Created);
        (await api.GetAsync("/health/ready")).Is(HttpStatusCode.OK);
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
