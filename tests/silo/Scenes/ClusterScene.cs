using Npgsql;
using Sluice.EndToEnd.Audits;
using Sluice.EndToEnd.Stores;
using Sluice.EndToEnd.Traffic;
using Sluice.LoadTest.Checks;
using Sluice.LoadTest.Fleets;
using Sluice.LoadTest.Management;
using Sluice.Silo.Tests.Audits;
using Sluice.Silo.Tests.Nodes;
using Sluice.Silo.Tests.Traffic;
using Xunit;

namespace Sluice.Silo.Tests.Scenes;

/// <summary>
/// A store, a cluster on it, and a tenant with a limit, all real, all of one test: what every fault is done to. Bounded
/// in time as a whole, and gone afterwards whatever happened.
/// </summary>
internal sealed class ClusterScene : IAsyncDisposable
{
    /// <summary>How long usage may take to show in the totals once traffic has stopped.</summary>
    private static readonly TimeSpan SettleFor = TimeSpan.FromSeconds(30);

    /// <summary>About how many events are repeated that were decided before.</summary>
    private const int SomeCalls = 300;

    private readonly long _opened = Time.GetTimestamp();
    private readonly CancellationTokenSource _deadline;
    private readonly List<DeadSecret> _deadSecrets = [];
    private readonly ClusterPlan _plan;

    private ClusterScene(Store store, ClusterPlan plan)
    {
        _plan = plan;
        Store = store;
        Cluster = new Cluster(store.ConnectionString, plan, Time);
        _deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        _deadline.CancelAfter(plan.AtMost);
    }

    public static TimeProvider Time => TimeProvider.System;

    public Store Store { get; }

    public Cluster Cluster { get; }

    public Fleet Fleet { get; private set; } = null!;

    public long Limit => _plan.Limit;

    public string TenantId => Fleet.Tenants[0].Id;

    /// <summary>The processes that take requests.</summary>
    public IReadOnlyList<Entrance> Entrances => Cluster.Entrances;

    /// <summary>Ends when the test is cancelled or has taken too long.</summary>
    public CancellationToken Cancellation => _deadline.Token;

    public static async Task<ClusterScene> OpenAsync(ClusterPlan plan)
    {
        var scene = new ClusterScene(await Store.StartAsync(), plan);
        try
        {
            await scene.Cluster.StartAsync(plan.Started, scene.Cancellation);
            scene.Tell("ready");
            using var calls = scene.CallsTo(scene.Entrances[0]);
            var management = new ManagementClient(calls);
            var fleet = new FleetPlan("scene", Seed: 1, Tenants: 1, ProjectsPerTenant: 1, plan.Keys);
            scene.Fleet = await new FleetBuilder(management, Time).BuildAsync(fleet, scene.Cancellation);
            await management.BlockTokensAsync(scene.TenantId, plan.Limit, scene.Cancellation);
            scene.Tell("open (acknowledged/refused/503 of each node)");
            return scene;
        }
        catch
        {
            await scene.DisposeAsync();
            throw;
        }
    }

    /// <summary>The management API of one node.</summary>
    public ManagementCalls CallsTo(Entrance entrance) =>
        new(entrance.Node.Target.BaseAddress, Cluster.ReadOperatorToken(), Time);

    /// <summary>A stream of single events with ids, spread over all keys.</summary>
    public Func<Call> Usage(string run, long tokens = 10)
    {
        var number = -1L;
        return () =>
        {
            var n = Interlocked.Increment(ref number);
            return new Call(CallKind.Consume, $"{run}-{n}", Fleet.Keys[(int)(n % Fleet.Keys.Count)], tokens);
        };
    }

    /// <summary>Load on every node, each request sent once, until told to stop.</summary>
    public Task LoadAsync(int clientsPerNode, Func<Call?> next, CancellationToken stop) =>
        Task.WhenAll(Entrances.Select(e => e.Clients.RunAsync(clientsPerNode, next, stop, Cancellation)));

    /// <summary>Clients that repeat what was not decided, at the next node each time.</summary>
    public Roamers Roamers => new([.. Entrances.Select(static e => (e.Node.Target, e.Journal))], Time, Cluster.Rest);

    /// <summary>Uses up what the limit has left, to the last unit: large events first, then the smallest.</summary>
    public async Task FillLimitAsync(params Entrance[] entrances)
    {
        if (entrances.Length == 0)
            entrances = [.. Entrances];
        foreach (var tokens in (long[])[200_000, 5_000, 50, 1])
        {
            Tell($"filling by {tokens}");
            var next = Usage($"fill-{tokens}-{Guid.NewGuid():N}", tokens);
            await Task.WhenAll(entrances.Select(entrance =>
            {
                var enough = entrance.Journal.Refused + 4;
                return entrance.Clients.RunAsync(
                    2, () => entrance.Journal.Refused < enough ? next() : null, CancellationToken.None, Cancellation);
            }));
        }
    }

    /// <summary>
    /// Sends again, until it is decided, every call whose answer left that open, and some of the others: at other nodes
    /// than before.
    /// </summary>
    public Task SettleAsync(int clients)
    {
        var history = History();
        var open = history.Attempts.Where(static a => a.Verdict is Verdict.Unknown or Verdict.NotCounted)
            .Select(static a => a.Call).ToHashSet();
        var calls = history.Calls();
        var every = Math.Max(1, calls.Count / SomeCalls);
        Tell("settling");
        return Roamers.SettleAsync(
            clients, [.. calls.Where((call, i) => i % every == 0 || open.Contains(call))], Cancellation);
    }

    /// <summary>Waits until a count, over all nodes, has risen by so much.</summary>
    public Task WaitForMoreAsync(Func<CallJournal, long> count, long more)
    {
        var goal = Sum() + more;
        return UntilAsync(() => Sum() >= goal);

        long Sum() => Entrances.Sum(e => count(e.Journal));
    }

    /// <summary>Waits until a count has risen by so much at each of the nodes.</summary>
    public Task WaitForMoreAtEachAsync(Func<CallJournal, long> count, long more, params Entrance[] entrances)
    {
        var goals = (entrances.Length == 0 ? Entrances : entrances)
            .Select(e => (e.Journal, Goal: count(e.Journal) + more)).ToArray();
        return UntilAsync(() => goals.All(g => count(g.Journal) >= g.Goal));
    }

    /// <summary>Waits until something is so.</summary>
    /// <exception cref="TimeoutException">It never is; the message has what the nodes said last.</exception>
    public async Task UntilAsync(Func<bool> reached)
    {
        try
        {
            while (!reached())
                await Task.Delay(TimeSpan.FromMilliseconds(5), Time, Cancellation);
        }
        catch (OperationCanceledException late)
        {
            var counts = Entrances.Select(e =>
                $"{e.Journal.Acknowledged} acknowledged, {e.Journal.Refused} refused, {e.Journal.NotCounted} not");
            throw new TimeoutException($"{string.Join('\n', counts)}\n{Cluster.LastLines}", late);
        }
    }

    /// <summary>A line of the story, with the seconds since the scene was opened.</summary>
    public void Tell(string what) => TestContext.Current.TestOutputHelper?.WriteLine(
        $"{Time.GetElapsedTime(_opened).TotalSeconds,6:F1} s  {what}; "
        + string.Join(", ", Entrances.Select(static e =>
            $"{e.Journal.Acknowledged}/{e.Journal.Refused}/{e.Journal.NotCounted}")));

    /// <summary>What is in one place of the store.</summary>
    public async Task<long> QueryAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Store.ConnectionString + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    /// <summary>From now on the secret must not pass any more, whoever is asked.</summary>
    public void Bury(string secret) => _deadSecrets.Add(new DeadSecret(secret, Time.GetTimestamp()));

    /// <summary>What all clients saw.</summary>
    public CallJournal History()
    {
        var all = new CallJournal();
        foreach (var attempt in Entrances.SelectMany(static e => e.Journal.Attempts).OrderBy(a => a.AnsweredAt))
            all.Add(attempt);
        return all;
    }

    /// <summary>
    /// The offline check: every answer against the ledger, against the limit and against revocations; then the ledger
    /// against the usage and the live state that every node shows.
    /// </summary>
    /// <returns>What was used in all.</returns>
    public async Task<long> AuditAsync()
    {
        var history = History();
        var ledger = await LedgerReader.ReadAsync(Store.ConnectionString, Cancellation);
        var audit = Audit.Of(history, ledger, Cluster.WasKilled);
        Assert.True(audit.Findings.Count == 0, $"{audit}\n{Cluster.LastLines}");
        var limits = LimitAudit.Of(history, ledger, TenantId, Limit, _deadSecrets);
        Assert.True(limits.Findings.Count == 0, $"{limits}\n{Cluster.LastLines}");

        var expected = new ExpectedUsage(Fleet);
        var indexes = Fleet.Keys.Index().ToDictionary(k => k.Item.Id, k => k.Index);
        foreach (var row in ledger.Where(static r => r.IsUsage))
            expected.Add(indexes[row.KeyId], row.Tokens);
        foreach (var entrance in Entrances.Where(static e => e.Node.Running))
        {
            using var calls = CallsTo(entrance);
            var difference = await new UsageCheck(new UsageReader(calls), Time)
                .FindDifferenceAsync(expected, SettleFor, Cancellation);
            Assert.True(difference is null, $"{entrance.Node.Target}: {difference}\n{Cluster.LastLines}");
        }

        Tell($"audited, {ledger.Count} rows");
        return ledger.Where(static r => r.IsUsage).Sum(static r => r.Tokens);
    }

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        await Store.DisposeAsync();
        _deadline.Dispose();
    }
}
