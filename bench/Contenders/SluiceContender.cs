using System.Globalization;
using Sluice.Bench.Peers;
using Sluice.Bench.Processes;
using Sluice.LoadTest.Fleets;
using Sluice.LoadTest.Http;
using Sluice.LoadTest.Management;
using Sluice.TestPostgres;

namespace Sluice.Bench.Contenders;

/// <summary>
/// One node as it ships, on a private cluster, with a fleet of the same shape as the peers' and as many limits: on each
/// key, project and tenant, too high to refuse anything.
/// </summary>
internal sealed class SluiceContender(TimeProvider time) : IContender
{
    private const string ReadyLine = "Sluice is ready on";

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("sluice-bench-node-");
    private PostgresCluster? _cluster;
    private string? _database;
    private ChildProcess? _node;
    private ManagementCalls? _calls;

    /// <summary>The operator's calls to the running node.</summary>
    public ManagementCalls Calls => _calls ?? throw new InvalidOperationException("The node is not running.");

    /// <summary>The fleet under load.</summary>
    public Fleet Fleet { get; private set; } = null!;

    public async Task<Endpoint> StartAsync(CancellationToken cancellation)
    {
        if (!File.Exists(Repository.NodeProgram))
            throw new ContenderUnavailableException("the node is not built (dotnet build api -c Release)");
        _cluster = await PrivatePostgres.StartAsync();
        _database = await _cluster.CreateDatabaseAsync();
        var target = HttpTarget.Parse(await StartNodeAsync());
        _calls = new ManagementCalls(target.BaseAddress, ReadToken("operator-token"), time);
        Fleet = await BuildFleetAsync(_calls, cancellation);
        return new Endpoint([target], Fleet.Keys, ReadToken("gateway-token"));
    }

    /// <summary>Stops the node and starts it again on the same database.</summary>
    /// <returns>How long it took from the start of the process to its ready line.</returns>
    public async Task<TimeSpan> RestartAsync()
    {
        await _node!.DisposeAsync();
        await StartNodeAsync();
        return _node.ReadyAfter;
    }

    public async ValueTask DisposeAsync()
    {
        _calls?.Dispose();
        if (_node is not null)
            await _node.DisposeAsync();
        if (_cluster is not null)
            await _cluster.DisposeAsync();
        _data.Delete(recursive: true);
    }

    private async Task<string> StartNodeAsync()
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Find()}");
        _node = await ChildProcess.StartAsync(
            "dotnet",
            [Repository.NodeProgram],
            new Dictionary<string, string>
            {
                ["SLUICE_DATA"] = _data.FullName,
                ["SLUICE_LISTEN"] = address,
                ["SLUICE_POSTGRES"] = _database!,
            },
            ReadyLine,
            time);
        return address;
    }

    private async Task<Fleet> BuildFleetAsync(ManagementCalls calls, CancellationToken cancellation)
    {
        var management = new ManagementClient(calls);
        var plan = new FleetPlan(
            "bench", Seed: 1, PeerScopes.Tenants, PeerScopes.ProjectsPerTenant, PeerScopes.KeysPerProject);
        await management.EnsurePriceBookAsync(time.GetUtcNow(), Prices, cancellation);
        var fleet = await new FleetBuilder(management, time).BuildAsync(plan, cancellation);
        foreach (var tenant in fleet.Tenants)
        {
            await management.BlockTokensAsync(tenant.Id, PeerScopes.LimitTokens, cancellation);
            foreach (var project in tenant.Projects)
            {
                await management.BlockAmountAsync(tenant.Id, project.Id, 1_000_000, cancellation);
                foreach (var key in project.Keys)
                    await management.BlockKeyTokensAsync(tenant.Id, key.Id, PeerScopes.LimitTokens, cancellation);
            }
        }

        return fleet;
    }

    private static object[] Prices =>
        [new { model = "*", metric = "text_tokens", per = 1_000_000, amount = 0.6m, credits = 0.6m }];

    private string ReadToken(string name) => File.ReadAllText(Path.Combine(_data.FullName, name)).Trim();
}
