using Npgsql;
using Sluice.TestSupport.Postgres;
using Xunit;

namespace Sluice.Deploy.Tests;

/// <summary>The server that all other tests depend on keeps its own promises.</summary>
public sealed class PostgresClusterTests
{
    [Fact]
    public async Task AnImmediateStop_KeepsWhatWasCommitted_AndCutsOffWhatWasNot()
    {
        await using var cluster = await PostgresCluster.StartAsync();
        var database = await cluster.CreateDatabaseAsync();
        await Sandbox.QueryAsync(database, "create table kept as select 1 as answer");
        await using var open = new NpgsqlConnection(database);
        await open.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await open.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var insert = new NpgsqlCommand("insert into kept values (2)", open))
            await insert.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        await cluster.StopAsync(immediate: true);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => Sandbox.QueryAsync(database, "select 1"));
        await cluster.StartAgainAsync();

        Assert.Equal("1", await Sandbox.QueryAsync(database, "select sum(answer) from kept"));
    }

    [Fact]
    public async Task Databases_AreEmptyAndApart()
    {
        await using var cluster = await PostgresCluster.StartAsync();
        var databases = await Task.WhenAll(cluster.CreateDatabaseAsync(), cluster.CreateDatabaseAsync());

        await Sandbox.QueryAsync(databases[0], "create table here (n int)");

        Assert.Equal("False", await Sandbox.QueryAsync(databases[1], "select to_regclass('here') is not null"));
    }

    [Fact]
    public async Task WhenTheTestsAreDone_NeitherTheServerNorItsFilesRemain()
    {
        var cluster = await PostgresCluster.StartAsync();
        var folder = Sandbox.SocketFolderOf(cluster.ConnectionString("postgres"));
        Assert.True(Directory.Exists(folder));

        // The kernel ends the pipe in the same way when the process is killed.
        await cluster.DisposeAsync();

        Assert.False(Directory.Exists(folder));
    }
}
