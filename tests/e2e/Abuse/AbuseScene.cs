using Npgsql;
using Sluice.EndToEnd.Scenes;
using Sluice.LoadTest.Fleets;
using Sluice.Metering.Identity;
using Sluice.TestSupport.Postgres;
using Xunit;

namespace Sluice.EndToEnd.Abuse;

/// <summary>A node with a victim, who is the scene's only tenant, and an attacker.</summary>
internal sealed class AbuseScene : IAsyncDisposable
{
    /// <summary>Metrics that the platform counts besides its own: each is one more sum for every event.</summary>
    private const int MoreMetrics = 8;

    /// <summary>How often the heap is looked at, every 5 s, until it must be small.</summary>
    private const int HeapLooks = 24;

    /// <summary>Keys of the attacker that were never used, made by a script.</summary>
    private const int IdleKeys = 20_000;

    private readonly Account _victim;

    private AbuseScene(Scene scene, Attacker attacker, Account victim)
    {
        Scene = scene;
        Attacker = attacker;
        _victim = victim;
        Victim = new Victim(scene, victim);
    }

    public Scene Scene { get; }

    public Attacker Attacker { get; }

    public Victim Victim { get; }

    public static async Task<AbuseScene> OpenAsync(TimeSpan atMost, int nodes = 1)
    {
        var scene = await Scene.OpenAsync(new ScenePlan(nodes) { Limit = 1_000_000_000, AtMost = atMost });
        try
        {
            var victim = await Account.OfOwnerAsync(scene, scene.TenantId, "127.0.0.2");
            return new AbuseScene(scene, await AddAttackerAsync(scene), victim);
        }
        catch
        {
            await scene.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whether the node says that it is ready, and what it says.</summary>
    public async Task<(bool Ready, string Text)> ReadinessAsync()
    {
        using var http = new HttpClient { BaseAddress = Scene.Target.BaseAddress };
        using var response = await http.GetAsync("health/ready", Scene.Cancellation);
        return (response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Scene.Cancellation));
    }

    /// <summary>Returns what the node holds on its managed heap.</summary>
    public async Task<long> HeapBytesAsync()
    {
        var found = await Scene.Calls.GetAsync("api/v1/diagnostics?collect=true", Scene.Cancellation);
        return found.GetProperty("managedHeapBytes").GetInt64();
    }

    /// <summary>
    /// Waits until the node holds no more than this: what it was given last may still have to be written.
    /// </summary>
    public async Task HeapFallsToAsync(long bytes)
    {
        for (var i = 0; ; i++)
        {
            var held = await HeapBytesAsync();
            Scene.Tell($"heap {held >> 20} MiB of {bytes >> 20}");
            if (held <= bytes)
                return;
            Assert.True(i < HeapLooks, $"the node holds {held} bytes, more than {bytes}");
            await Task.Delay(TimeSpan.FromSeconds(5), Scene.Time, Scene.Cancellation);
        }
    }

    /// <summary>Returns how many counters and sums differ from the ledger.</summary>
    public async Task<long> DriftsAsync()
    {
        var found = await Scene.Calls.GetAsync("api/v1/reconciliation", Scene.Cancellation);
        return found.GetProperty("drifts").GetInt64();
    }

    public async ValueTask DisposeAsync()
    {
        Attacker.Dispose();
        _victim.Dispose();
        await Scene.DisposeAsync();
    }

    private static async Task<Attacker> AddAttackerAsync(Scene scene)
    {
        var plan = new FleetPlan("attacker", Seed: 1, Tenants: 1, ProjectsPerTenant: 1, KeysPerProject: 2);
        var fleet = await new FleetBuilder(scene.Management, Scene.Time).BuildAsync(plan, scene.Cancellation);
        await scene.Management.BlockKeyTokensAsync(
            fleet.Tenants[0].Id, fleet.Keys[^1].Id, tokens: 1, scene.Cancellation);
        var token = await File.ReadAllTextAsync(
            Path.Combine(scene.Entrances[0].Node.DataFolder, "operator-token"), scene.Cancellation);
        var owner = await Account.OfOwnerAsync(scene, fleet.Tenants[0].Id, "127.0.0.3");
        var joe = await owner.PostAsync(
            $"api/v1/tenants/{owner.TenantId}/members", new { userName = "joe", role = "member" }, scene.Cancellation);
        await AddKeysAsync(scene, fleet.Keys[0].Id);
        var attacker = new Attacker(scene.Target, fleet, token.Trim(), Scene.Time)
        {
            Owner = owner,
            MemberId = joe.GetProperty("id").GetString()!,
        };
        for (var i = 0; i < MoreMetrics; i++)
        {
            var name = $"extra_{i}";
            await scene.Calls.PostAsync("api/v1/metrics", new { name, decimals = 0 }, scene.Cancellation);
            attacker.Metrics.Add(name);
        }

        return attacker;
    }

    private static async Task AddKeysAsync(Scene scene, string likeKeyId)
    {
        if (!IdText.TryParse(IdText.Key, likeKeyId, out var id))
            throw new InvalidOperationException($"{likeKeyId} is no key");
        await using var source = NpgsqlDataSource.Create(PostgresCluster.AsOwner(scene.Store.ConnectionString));
        await using var command = source.CreateCommand(
            """
            insert into api_key (id, tenant_id, project_id, kind, name, secret_hash, created_at)
            select k.id + n * 1000003::bigint, k.tenant_id, k.project_id, k.kind, 'idle ' || n,
              sha256((k.id || ' ' || n)::bytea), k.created_at
            from api_key k, generate_series(1, $2) n where k.id = $1
            """);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(IdleKeys);
        await command.ExecuteNonQueryAsync(scene.Cancellation);
    }
}
