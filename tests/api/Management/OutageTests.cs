using System.Net;
using Sluice.TestPostgres;
using Xunit;

namespace Sluice.Api.Tests.Management;

public sealed class OutageTests : IAsyncLifetime
{
    private readonly PostgresFixture _postgres = new();
    private readonly ManagementHost _host;

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
    public async Task WithoutANode_TheTruthIsTold_AndTheCallCanBeRepeated()
    {
        var api = _host.Operator();
        var keys = await api.KeysPathAsync();
        var key = await api.PostAsync(keys, new { name = "web" });
        _host.Signals.OutOfReach = true;

        var answer = await api.DeleteAsync($"{keys}/{key.String("id")}");

        answer.IsProblem(HttpStatusCode.ServiceUnavailable, "not-in-force-everywhere");
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Message.Headers.RetryAfter?.Delta);
        Assert.Contains("saved", answer.String("detail"));
        Assert.Equal(0, (await api.GetAsync(keys))["items"].GetArrayLength());
        var tenant = keys[..keys.IndexOf("/projects", StringComparison.Ordinal)];
        (await api.GetAsync($"{tenant}/state")).IsProblem(HttpStatusCode.ServiceUnavailable, "unavailable");
        Assert.Equal("Out of reach.", (await api.GetAsync("/health/ready"))["parts"].GetProperty("engine").GetString());

        _host.Signals.OutOfReach = false;
        (await api.DeleteAsync($"{keys}/{key.String("id")}")).Is(HttpStatusCode.NoContent);
        Assert.Contains($"key {key.String("id")}", _host.Signals.Told);
    }
}
