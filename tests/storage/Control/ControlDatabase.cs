using Npgsql;
using Sluice.TestSupport.Postgres;
using Xunit;

namespace Sluice.Storage.Control;

/// <summary>A database with the program's schema, and the means to open transactions on it.</summary>
public sealed class ControlDatabase(PostgresFixture postgres) : IAsyncLifetime
{
    /// <summary>The program's own source: with the service's role.</summary>
    public NpgsqlDataSource Source { get; private set; } = null!;

    /// <summary>The source of what a test arranges, which the program may not do.</summary>
    public NpgsqlDataSource Owner { get; private set; } = null!;

    /// <summary>How the program connects, with the service's role.</summary>
    public string ConnectionString { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await postgres.CreateReadyDatabaseAsync();
        Source = NpgsqlDataSource.Create(ConnectionString);
        Owner = NpgsqlDataSource.Create(PostgresCluster.AsOwner(ConnectionString));
        InstantHandler.Register();
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await Owner.DisposeAsync();
    }

    public UnitOfWork Begin() => new(Source, TimeProvider.System);

    /// <summary>Returns the first column of every row, as the owner.</summary>
    public async Task<IReadOnlyList<T>> ColumnAsync<T>(string sql)
    {
        await using var command = Owner.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            rows.Add(reader.GetFieldValue<T>(0));
        return rows;
    }
}
