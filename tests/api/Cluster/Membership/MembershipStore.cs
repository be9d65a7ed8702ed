using Npgsql;
using Sluice.Storage.Migrations;
using Sluice.TestSupport.Postgres;
using Xunit;

namespace Sluice.Api.Tests.Cluster.Membership;

/// <summary>A database with the program's schema, for one class of tests.</summary>
public sealed class MembershipStore(PostgresFixture postgres) : IAsyncLifetime
{
    public string ConnectionString { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await postgres.CreateDatabaseAsync();
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await MigrationRunner.ApplyAsync(source, CancellationToken.None);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
