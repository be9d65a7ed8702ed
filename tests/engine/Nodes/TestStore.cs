using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Sluice.Engine.Rating;
using Sluice.Storage.Control;
using Sluice.Storage.Control.Metrics;
using Sluice.Storage.Control.Prices;
using Sluice.Storage.Hosting;
using Sluice.TestSupport.Postgres;
using Xunit;

namespace Sluice.Engine.Nodes;

/// <summary>A database with the program's schema, for one class of tests.</summary>
public sealed class TestStore(PostgresFixture postgres) : IAsyncLifetime
{
    private ServiceProvider _services = null!;

    public string ConnectionString { get; private set; } = "";

    /// <summary>The program's own source: with the service's role.</summary>
    public NpgsqlDataSource Source { get; private set; } = null!;

    /// <summary>The source of what a test arranges, which the program may not do.</summary>
    public NpgsqlDataSource Owner { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        ConnectionString = new NpgsqlConnectionStringBuilder(await postgres.CreateReadyDatabaseAsync())
        {
            MaxPoolSize = 20,
        }.ConnectionString;
        Source = NpgsqlDataSource.Create(ConnectionString);
        Owner = NpgsqlDataSource.Create(PostgresCluster.AsOwner(ConnectionString));
        _services = new ServiceCollection()
            .AddSingleton(Source).AddSingleton(TimeProvider.System).AddStorage().BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Source.DisposeAsync();
        await Owner.DisposeAsync();
    }

    /// <summary>Returns a relay to this database that can be broken.</summary>
    public PostgresRelay Relay() => new(ConnectionString);

    /// <summary>Returns the rates that are on disk now.</summary>
    public async Task<RateBook> RatesAsync()
    {
        var rates = new RateBook(_services.GetRequiredService<MetricStore>(), new PriceHistory(Source));
        await rates.ReloadAsync(CancellationToken.None);
        return rates;
    }

    /// <summary>Arranges something, as the owner.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var command = Owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    /// <summary>Polls until a condition holds on the server; the test's own timeout ends it.</summary>
    public Task UntilAsync(string condition) => Until.TrueAsync(() => ScalarAsync<bool>($"select {condition}"));

    /// <summary>Waits until some statement of this database waits for a lock.</summary>
    public Task UntilALockIsAwaitedAsync() => UntilAsync(
        "exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')");
}
