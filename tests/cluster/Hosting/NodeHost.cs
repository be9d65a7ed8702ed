using Npgsql;
using Orleans.TestingHost;
using Sluice.TestSupport.Postgres;
using Xunit;

namespace Sluice.Api.Tests.Hosting;

/// <summary>
/// Takes the place of the single node that these tests are written for: two nodes of role <c>all</c> that are one
/// cluster over a database of their own. What the operator sends goes to both by turns, what keys and gateways send
/// goes to the second; so every change is made beside the traffic that it is meant for, and of the authorities that
/// the traffic needs some live on its node and some on the other.
/// </summary>
public class NodeHost(PostgresFixture postgres) : IAsyncLifetime
{
    public const string OperatorToken = "operator-token-of-the-tests";
    public const string GatewayToken = "gateway-token-of-the-tests";

    /// <summary>What a node waits for before it says that it is ready, in this order.</summary>
    public static readonly IReadOnlyList<string> Parts = ["store", "cluster", "metering"];

    /// <summary>Keeps ports apart, also those of other test programs on this machine.</summary>
    private readonly TestClusterPortAllocator _ports = new();

    private readonly List<ClusterNode> _nodes = [];

    public TurnedTime Time { get; } = new();

    public CapturedLog Log { get; } = new();

    public string DataFolder { get; } = Directory.CreateTempSubdirectory("sluice-test-").FullName;

    public string ConnectionString { get; private set; } = "";

    /// <summary>Of the node that takes the traffic.</summary>
    public IServiceProvider Services => _nodes[1].Services;

    /// <summary>Of every node.</summary>
    public IEnumerable<IServiceProvider> Nodes => _nodes.Select(static node => node.Services);

    /// <summary>Settings beside those that every test host has.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await postgres.CreateDatabaseAsync(Schema.ApplyAsync);
        for (var i = 0; i < 2; i++)
        {
            // One after the other: the second finds the first, so that neither has to wait for the other's death.
            var (siloPort, _) = _ports.AllocateConsecutivePortPairs(1);
            _nodes.Add(new ClusterNode(this, i, siloPort, Settings));
            _nodes[i].UseKestrel();
            _nodes[i].StartServer();
        }
    }

    /// <summary>Speaks to the cluster as the operator.</summary>
    public ApiCaller Operator() => new(_nodes[0].CreateDefaultClient(new TurnTaker(Addresses)), OperatorToken);

    /// <summary>Speaks to the cluster as a gateway that reports for many keys.</summary>
    public ApiCaller Gateway() => Bearing(GatewayToken);

    public ApiCaller Anonymous() => new(CreateClient(), null);

    /// <summary>A gateway sends again what a busy cluster answers with 503.</summary>
    public ApiCaller Bearing(string token) =>
        new(_nodes[1].CreateDefaultClient(new TurnTaker([Addresses[1]])), token);

    public HttpClient CreateClient() => _nodes[1].CreateClient();

    /// <summary>The first column of the first row.</summary>
    public async Task<T?> QueryAsync<T>(string sql, params object[] values)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await using var command = source.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.AddWithValue(value);
        return await command.ExecuteScalarAsync() is T found ? found : default;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        _ports.Dispose();
        Directory.Delete(DataFolder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private Uri[] Addresses => [.. _nodes.Select(static node => node.Address)];
}
