using System.Diagnostics;
using Npgsql;
using Xunit;

namespace Sluice.Deploy.Tests;

/// <summary>The life of a node's own database: started, used, stopped, killed.</summary>
public sealed class PrivatePostgresTests
{
    private const string NoRights =
        "select rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls "
        + "from pg_roles where rolname = current_user";

    [Fact]
    public async Task Start_PrintsHowToConnect_AsARoleThatOwnsNothing()
    {
        await using var sandbox = Sandbox.Create();

        var connection = (await sandbox.PostgresAsync("start")).Succeeded();

        Assert.Equal("sluice_service sluice sluice", await Sandbox.QueryAsync(connection,
            "select current_user || ' ' || current_database() || ' ' || "
            + "(select datdba::regrole::text from pg_database where datname = current_database())"));
        Assert.Equal("False", await Sandbox.QueryAsync(connection, NoRights));
        Assert.Equal("False", await Sandbox.QueryAsync(
            connection,
            "select has_schema_privilege('public', 'create') or has_database_privilege('sluice', 'create, temporary') "
            + "or pg_has_role('sluice', 'member')"));
    }

    [Fact]
    public async Task TheOwnersConnection_IsInAFileForTheStarterAlone_AndHasNoOtherRightThanToOwn()
    {
        await using var sandbox = Sandbox.Create();
        (await sandbox.PostgresAsync("start")).Succeeded();
        var owner = sandbox.OwnerConnection();

        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite,
            File.GetUnixFileMode(Path.Combine(sandbox.Data, "postgres-owner")));
        Assert.Equal("sluice", await Sandbox.QueryAsync(owner, "select current_user"));
        Assert.Equal("False", await Sandbox.QueryAsync(owner, NoRights));
        Assert.Equal("True", await Sandbox.QueryAsync(owner, "select has_schema_privilege('public', 'create')"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(";Password=guessed")]
    public async Task WithoutItsPassword_TheOwnerIsRefused(string password)
    {
        await using var sandbox = Sandbox.Create();
        (await sandbox.PostgresAsync("start")).Succeeded();
        var owner = sandbox.OwnerConnection().Split(";Password=")[0];

        var refusal = await Assert.ThrowsAnyAsync<NpgsqlException>(
            () => Sandbox.QueryAsync(owner + password, "select 1"));

        Assert.Contains("password", refusal.Message, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>As left by a version in which the nodes' role owned the tables.</summary>
    [Fact]
    public async Task ACluster_WithTheOwnerOnly_GetsTheOtherRole_AndKeepsItsTables()
    {
        await using var sandbox = Sandbox.Create();
        var connection = (await sandbox.PostgresAsync("start")).Succeeded();
        await Sandbox.QueryAsync(sandbox.OwnerConnection(), "create table kept as select 42 as answer");
        (await sandbox.AsSuperuserAsync(
            "drop owned by sluice_service; drop role sluice_service; alter role sluice password null; "
            + "grant all on database sluice to public")).Succeeded();
        File.Delete(Path.Combine(sandbox.Data, "postgres-owner"));
        (await sandbox.PostgresAsync("stop")).Succeeded();

        Assert.Equal(connection, (await sandbox.PostgresAsync("start")).Succeeded());

        Assert.Equal("sluice_service", await Sandbox.QueryAsync(connection, "select current_user"));
        Assert.Equal("42", await Sandbox.QueryAsync(sandbox.OwnerConnection(), "select answer from kept"));
        Assert.Equal("False", await Sandbox.QueryAsync(
            connection, "select has_database_privilege('sluice', 'temporary')"));
    }

    [Fact]
    public async Task AsOwner_RunsAProgramOnTheDatabase()
    {
        await using var sandbox = Sandbox.Create();
        (await sandbox.PostgresAsync("as-owner", "psql")).Refused();
        (await sandbox.PostgresAsync("start")).Succeeded();

        var answer = await sandbox.PostgresAsync(
            "as-owner", "psql", "-Atc", "select current_user || ' ' || current_database()");
        Assert.Equal("sluice sluice", answer.Succeeded());
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
        (await sandbox.PostgresAsync("start")).Succeeded();
        await Sandbox.QueryAsync(sandbox.OwnerConnection(), "create table kept as select 42 as answer");

        (await sandbox.PostgresAsync("stop")).Succeeded();
        (await sandbox.PostgresAsync("status")).Refused(exitCode: 3);
        (await sandbox.PostgresAsync("stop")).Succeeded();
        var again = (await sandbox.PostgresAsync("start")).Succeeded();

        Assert.Equal("42", await Sandbox.QueryAsync(sandbox.OwnerConnection(), "select answer from kept"));
        Assert.Equal(again, (await sandbox.PostgresAsync("status")).Succeeded());
    }

    [Fact]
    public async Task AKilledServer_IsRecoveredByTheNextStart_WithAllThatWasCommitted()
    {
        await using var sandbox = Sandbox.Create();
        (await sandbox.PostgresAsync("start")).Succeeded();
        await Sandbox.QueryAsync(sandbox.OwnerConnection(), "create table kept as select 42 as answer");

        using (var server = Process.GetProcessById(sandbox.ServerId()))
            server.Kill();
        (await sandbox.PostgresAsync("start")).Succeeded();

        Assert.Equal("42", await Sandbox.QueryAsync(sandbox.OwnerConnection(), "select answer from kept"));
    }
}
