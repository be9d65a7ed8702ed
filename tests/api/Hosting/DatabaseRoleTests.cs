using Npgsql;
using Sluice.Storage.Roles;
using Sluice.TestSupport.Postgres;
using Xunit;

namespace Sluice.Api.Tests.Hosting;

/// <summary>The program as a process, with one role of the database or with two.</summary>
public sealed class DatabaseRoleTests(PostgresFixture postgres) : IDisposable
{
    private const string Unprotected = "History is not protected";

    private readonly string _data = Directory.CreateTempSubdirectory("sluice-test-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task AServiceWithoutItsOwner_EndsAndNamesTheSetting_UntilTheOwnerHasMigrated()
    {
        var owner = await postgres.CreateDatabaseAsync();
        var service = PostgresCluster.AsService(owner);

        var refused = await RunAsync(["migrate"], service);
        Assert.Equal(1, refused.Code);
        Assert.Contains("SLUICE_POSTGRES_OWNER", refused.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refused.Errors, StringComparison.Ordinal);
        Assert.Equal((1, refused.Errors), Outcome(await RunAsync([], service)));

        var migrated = await RunAsync(["migrate"], service, owner);
        Assert.Equal((0, ""), Outcome(migrated));
        Assert.StartsWith("Sluice has applied ", migrated.Output, StringComparison.Ordinal);
        Assert.Equal((0, ""), Outcome(await RunAsync(["migrate"], service, owner)));

        var node = await RunAsync([], service);
        Assert.Equal((0, ""), Outcome(node));
        Assert.DoesNotContain(Unprotected, node.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ANodeWithBothRoles_PreparesTheDatabase_AndUsesItAsTheService()
    {
        var owner = await postgres.CreateDatabaseAsync();
        var service = PostgresCluster.AsService(owner);

        var node = await RunAsync([], service, owner);

        Assert.Equal((0, ""), Outcome(node));
        Assert.DoesNotContain(Unprotected, node.Output, StringComparison.Ordinal);
        await using var source = NpgsqlDataSource.Create($"{service};Pooling=false");
        Assert.True(await HistoryProtection.HoldsAsync(source, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ANodeThatOwnsItsTables_WorksAsBefore_AndWarnsOnce()
    {
        var node = await RunAsync([], await postgres.CreateDatabaseAsync());

        Assert.Equal((0, ""), Outcome(node));
        var line = Assert.Single(
            node.Output.Split('\n'), static line => line.Contains(Unprotected, StringComparison.Ordinal));
        Assert.Contains("SLUICE_POSTGRES_OWNER", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ANodeThatWantsToKeepLessThanTheDatabase_IsWarned()
    {
        var node = await RunAsync(
            [], await postgres.CreateReadyDatabaseAsync(), settings: [("SLUICE_LEDGER_DAYS", "90")]);

        Assert.Contains("SLUICE_LEDGER_DAYS is 90, but the database keeps events for 400", node.Output);
    }

    [Fact]
    public async Task AnOwnerThatCantConnect_IsNamed()
    {
        var service = await postgres.CreateReadyDatabaseAsync();

        var node = await RunAsync(
            ["migrate"], service, new NpgsqlConnectionStringBuilder(service) { Username = "nobody" }.ConnectionString);

        Assert.Equal(1, node.Code);
        Assert.StartsWith("The database of SLUICE_POSTGRES_OWNER can't be used: ", node.Errors);
    }

    private static (int Code, string Errors) Outcome(ProgramRun run) => (run.Code, run.Errors);

    private Task<ProgramRun> RunAsync(
        string[] arguments, string service, string owner = "", (string Name, string Value)[]? settings = null) =>
        ProgramRun.DoAsync(
            arguments,
            [
                ("SLUICE_POSTGRES", service), ("SLUICE_POSTGRES_OWNER", owner), ("SLUICE_DATA", _data),
                .. settings ?? [],
            ]);
}
