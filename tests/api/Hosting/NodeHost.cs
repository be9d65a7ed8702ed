using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Sluice.TestSupport.Ledger;
using Sluice.TestSupport.Postgres;
using Xunit;

namespace Sluice.Api.Tests.Hosting;

/// <summary>
/// The program itself, as one node or as several that form a cluster, on a database of its own. Only the clock is
/// replaced, so that tests can set it.
/// </summary>
/// <remarks>
/// Calls of the operator go to all nodes by turns; calls of keys, members and gateways go to the last node. So with
/// several nodes most changes are made on another node than the one that admits the traffic, and the authorities of
/// that traffic live on all nodes.
/// </remarks>
public class NodeHost(PostgresFixture postgres) : IAsyncLifetime
{
    public const string OperatorToken = "operator-token-of-the-tests";
    public const string GatewayToken = "gateway-token-of-the-tests";

    private readonly List<TestNode> _nodes = [];

    public TurnedTime Time { get; } = new();

    public CapturedLog Log { get; } = new();

    public string DataFolder { get; } = Directory.CreateTempSubdirectory("sluice-test-").FullName;

    public string ConnectionString { get; private set; } = "";

    /// <summary>The services of the node that takes the traffic.</summary>
    public IServiceProvider Services => _nodes[^1].Services;

    /// <summary>The services of every node.</summary>
    public IEnumerable<IServiceProvider> Nodes => _nodes.Select(static node => node.Services);

    /// <summary>How many nodes there are.</summary>
    protected virtual int NodeCount => 1;

    /// <summary>Additional settings, besides those of every test host.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    /// <summary>Adds services beside those that every test host has.</summary>
    protected internal virtual void AddServices(IServiceCollection services)
    {
    }

    public virtual async ValueTask InitializeAsync()
    {
        ConnectionString = await postgres.CreateReadyDatabaseAsync();
        for (var number = 0; number < NodeCount; number++)
        {
            // One after the other, because each joins those that run already.
            var node = new TestNode(this, number, Settings);
            _nodes.Add(node);
            node.UseKestrel();
            node.StartServer();
        }
    }

    /// <summary>Calls the API as the operator.</summary>
    public ApiCaller Operator() => new(CreateClient(_nodes), OperatorToken);

    /// <summary>Calls the API as a gateway that reports for many keys.</summary>
    public ApiCaller Gateway() => Bearing(GatewayToken);

    public ApiCaller Anonymous() => new(CreateClient(), null);

    public ApiCaller Bearing(string token) => new(CreateClient([_nodes[^1]]), token);

    /// <summary>Calls all nodes by turns.</summary>
    public ApiCaller BearingByTurns(string token) => new(CreateClient(_nodes), token);

    /// <summary>Returns a client of the node that takes the traffic, for calls as they are.</summary>
    public HttpClient CreateClient() => _nodes[^1].CreateClient();

    /// <summary>Returns the first column of the first row, as the owner of the tables.</summary>
    public async Task<T?> QueryAsync<T>(string sql, params object[] values)
    {
        await using var source = NpgsqlDataSource.Create(PostgresCluster.AsOwner(ConnectionString));
        await using var command = source.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.AddWithValue(value);
        return await command.ExecuteScalarAsync() is T found ? found : default;
    }

    /// <summary>Runs a query on the events of the ledger; null if it has no row.</summary>
    public async Task<T?> QueryLedgerAsync<T>(string sql, params object[] values)
    {
        var rows = await LedgerRows.QueryAsync(
            PostgresCluster.AsOwner(ConnectionString),
            sql,
            static row => row.GetValue(0) is T found ? found : default,
            CancellationToken.None,
            values);
        return rows.FirstOrDefault();
    }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        Directory.Delete(DataFolder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private static HttpClient CreateClient(IReadOnlyList<TestNode> nodes) =>
        nodes[0].CreateDefaultClient(new TurnTaker([.. nodes.Select(static node => node.Address)]));
}
