using Npgsql;
using Sluice.Bench.Contenders;
using Xunit;

namespace Sluice.LoadTest.Tests.Bench.Contenders;

/// <summary>Contenders get a database with the settings that <c>./run</c> gives a node.</summary>
public sealed class PrivatePostgresTests
{
    [Fact]
    public async Task TheDatabase_HasTheSettingsThatANodeGets_AndIsGoneAfterwards()
    {
        string connection;
        await using (var postgres = await PrivatePostgres.StartAsync())
        {
            connection = $"{postgres.ConnectionString};Pooling=false";
            Assert.Equal("4GB", await ShowAsync(connection, "max_wal_size"));
            Assert.Equal("15min", await ShowAsync(connection, "checkpoint_timeout"));
            Assert.Equal("15s", await ShowAsync(connection, "autovacuum_naptime"));
            Assert.NotEqual("off", await ShowAsync(connection, "wal_compression"));
            Assert.Equal("on", await ShowAsync(connection, "synchronous_commit"));
        }

        Assert.False(Directory.Exists(new NpgsqlConnectionStringBuilder(connection).Host));
    }

    private static async Task<string?> ShowAsync(string connectionString, string setting)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var show = source.CreateCommand($"show {setting}");
        return (string?)await show.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
