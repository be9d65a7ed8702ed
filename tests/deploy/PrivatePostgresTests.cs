using System.Diagnostics;
using Xunit;

namespace Sluice.Deploy.Tests;

/// <summary>The life of a node's own database: started, used, stopped, killed.</summary>
public sealed class PrivatePostgresTests
{
    [Fact]
    public async Task Start_PrintsHowToConnect_AsARoleThatOwnsItsDatabaseAndHasNoOtherRight()
    {
        await using var sandbox = Sandbox.Create();

        var connection = (await sandbox.PostgresAsync("start")).Succeeded();

        Assert.Equal("sluice sluice sluice", await Sandbox.QueryAsync(connection,
            "select current_user || ' ' || current_database() || ' ' || "
            + "(select datdba::regrole::text from pg_database where datname = current_database())"));
        Assert.Equal("False", await Sandbox.QueryAsync(connection,
            "select rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls "
            + "from pg_roles where rolname = current_user"));
    }

    [Fact]
    public async Task TheServer_IsClosedToTheNetwork_AndDurable()
    {
        await using var sandbox = Sandbox.Create();

        var connection = (await sandbox.PostgresAsync("start")).Succeeded();

        Assert.Equal("", await Sandbox.QueryAsync(connection, "show listen_addresses"));
        string[] durable = ["fsync", "synchronous_commit", "full_page_writes", "data_checksums"];
        foreach (var setting in durable)
            Assert.Equal((setting, "on"), (setting, await Sandbox.QueryAsync(connection, $"show {setting}")));
    }

    [Fact]
    public async Task StartingARunningServer_UsesIt()
    {
        await using var sandbox = Sandbox.Create();
        var first = (await sandbox.PostgresAsync("start")).Succeeded();
        var server = sandbox.ServerId();

        var second = (await sandbox.PostgresAsync("start")).Succeeded();

        Assert.Equal(first, second);
        Assert.Equal(server, sandbox.ServerId());
    }

    [Fact]
    public async Task TwoStartsAtOnce_MakeOneServer()
    {
        await using var sandbox = Sandbox.Create();

        var results = await Task.WhenAll(sandbox.PostgresAsync("start"), sandbox.PostgresAsync("start"));

        Assert.Single(results.Select(result => result.Succeeded()).Distinct());
    }

    [Fact]
    public async Task Stop_EndsTheServer_AndTheNextStartFindsItsData()
    {
        await using var sandbox = Sandbox.Create();
        var connection = (await sandbox.PostgresAsync("start")).Succeeded();
        await Sandbox.QueryAsync(connection, "create table kept as select 42 as answer");

        (await sandbox.PostgresAsync("stop")).Succeeded();
        (await sandbox.PostgresAsync("status")).Refused(exitCode: 3);
        (await sandbox.PostgresAsync("stop")).Succeeded();
        var again = (await sandbox.PostgresAsync("start")).Succeeded();

        Assert.Equal("42", await Sandbox.QueryAsync(again, "select answer from kept"));
        Assert.Equal(again, (await sandbox.PostgresAsync("status")).Succeeded());
    }

    [Fact]
    public async Task AKilledServer_IsRecoveredByTheNextStart_WithAllThatWasCommitted()
    {
        await using var sandbox = Sandbox.Create();
        var connection = (await sandbox.PostgresAsync("start")).Succeeded();
        await Sandbox.QueryAsync(connection, "create table kept as select 42 as answer");

        using (var server = Process.GetProcessById(sandbox.ServerId()))
            server.Kill();
        var again = (await sandbox.PostgresAsync("start")).Succeeded();

        Assert.Equal("42", await Sandbox.QueryAsync(again, "select answer from kept"));
    }
}
