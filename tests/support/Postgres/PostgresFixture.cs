namespace Sluice.TestSupport.Postgres;

/// <summary>
/// One cluster for all tests of an assembly, started by the first test that asks for it. Test projects share it with
/// <c>[assembly: AssemblyFixture(typeof(PostgresFixture))]</c> and take it in their constructors; each test then asks
/// for a database of its own. Tests that stop the server start a <see cref="PostgresCluster"/> of their own.
/// </summary>
public sealed class PostgresFixture : IAsyncDisposable
{
    private readonly Lazy<Task<PostgresCluster>> _cluster =
        new(static () => PostgresCluster.StartAsync(PostgresFiles.InMemoryIfRoomy));

    /// <summary>The running cluster.</summary>
    public Task<PostgresCluster> Cluster => _cluster.Value;

    /// <inheritdoc cref="PostgresCluster.CreateDatabaseAsync()"/>
    public async Task<string> CreateDatabaseAsync() => await (await Cluster).CreateDatabaseAsync();

    /// <inheritdoc cref="PostgresCluster.CreateReadyDatabaseAsync"/>
    public async Task<string> CreateReadyDatabaseAsync() => await (await Cluster).CreateReadyDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        if (_cluster.IsValueCreated && !_cluster.Value.IsFaulted)
            await (await _cluster.Value).DisposeAsync();
    }
}
