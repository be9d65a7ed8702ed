using Npgsql;
using Sluice.Storage.Migrations;
using Sluice.TestSupport.Postgres;
using Xunit;

namespace Sluice.Storage.Control;

/// <summary>A database with the program's schema, and the means to open transactions on it.</summary>
public sealed class ControlDatabase(PostgresFixture postgres) : IAsyncLifetime
{
    public NpgsqlDataSource Source { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Source = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync());
        await MigrationRunner.ApplyAsync(Source, TestContext.Current.CancellationToken);
        InstantHandler.Register();
    }

    public ValueTask DisposeAsync() => Source.DisposeAsync();

    public UnitOfWork Begin() => new(Source, TimeProvider.System);

    /// <summary>Returns the first column of every row.</summary>
    public async Task<IReadOnlyList<T>> ColumnAsync<T>(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            rows.Add(reader.GetFieldValue<T>(0));
        return rows;
    }
}
