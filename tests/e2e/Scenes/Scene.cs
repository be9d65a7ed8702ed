using Npgsql;
using Sluice.EndToEnd.Audits;
using Sluice.EndToEnd.Stores;
using Sluice.EndToEnd.Traffic;
using Sluice.LoadTest.Checks;
using Sluice.LoadTest.Fleets;
using Sluice.LoadTest.Http;
using Sluice.LoadTest.Management;
using Sluice.TestSupport.Ledger;
using Xunit;

namespace Sluice.EndToEnd.Scenes;

/// <summary>
/// A store, a cluster of one or several nodes on it, and a tenant with keys, all real, all for one test. Limited in
/// time as a whole, and removed afterwards whatever happened.
/// </summary>
internal sealed class Scene : IAsyncDisposable
{
    /// <summary>How long usage may take to show in the totals once traffic has stopped.</summary>
    private static readonly TimeSpan SettleFor = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(5);

    /// <summary>About how many of the events that were decided before are repeated.</summary>
    private const int SomeCalls = 300;

    private readonly long _opened = Time.GetTimestamp();
    private readonly CancellationTokenSource _deadline;
    private readonly List<DeadSecret> _deadSecrets = [];
    private readonly ScenePlan _plan;
    private ManagementCalls? _calls;

    private Scene(Store store, ScenePlan plan)
    {
        _plan = plan;
        Store = store;
        Cluster = new Cluster(store.ConnectionString, plan, Time);
        Clients = new Crowd(Target, Journal, Time);
        _deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        _deadline.CancelAfter(plan.AtMost);
    }

    public static TimeProvider Time => TimeProvider.System;

    public Store Store { get; }

    public Cluster Cluster { get; }

    public Fleet Fleet { get; private set; } = null!;

    public string TenantId => Fleet.Tenants[0].Id;

    /// <summary>The limit of the plan, in tokens.</summary>
    public long Limit => _plan.Limit!.Value;

    /// <summary>One address for all nodes.</summary>
    public HttpTarget Target => Cluster.Target;

    /// <summary>Clients that talk to all nodes by their common address, without a pause between requests.</summary>
    public Crowd Clients { get; }

    /// <summary>The journal of the clients of the common address.</summary>
    public CallJournal Journal { get; } = new();

    /// <summary>The processes that take requests, each with clients and a journal of its own.</summary>
    public IReadOnlyList<Entrance> Entrances => Cluster.Entrances;

    /// <summary>Clients that repeat undecided requests, at the next node each time.</summary>
    public Roamers Roamers => new([.. Entrances.Select(static e => (e.Node.Target, e.Journal))], Time, Cluster.Rest);

    /// <summary>The management API by the common address.</summary>
    public ManagementCalls Calls => _calls ??= CallsTo(Target, Entrances[0].Node.DataFolder);

    public ManagementClient Management => new(Calls);

    /// <summary>Is cancelled when the test is cancelled or has taken too long.</summary>
    public CancellationToken Cancellation => _deadline.Token;

    private IEnumerable<CallJournal> Journals => [Journal, .. Entrances.Select(static e => e.Journal)];

    public static async Task<Scene> OpenAsync(ScenePlan plan)
    {
        var scene = new Scene(await Store.StartAsync(), plan);
        try
        {
            await scene.Cluster.OpenAsync(scene.Cancellation);
            scene.Tell("ready");
            using var calls = CallsTo(scene.Entrances[0]);
            var management = new ManagementClient(calls);
            var fleet = new FleetPlan("scene", Seed: 1, Tenants: 1, plan.Projects, plan.Keys);
            scene.Fleet = await new FleetBuilder(management, Time).BuildAsync(fleet, scene.Cancellation);
            if (plan.Limit is { } limit)
                await management.BlockTokensAsync(scene.TenantId, limit, scene.Cancellation);
            scene.Tell("open (acknowledged/refused/503 at the common address, then at each node)");
            return scene;
        }
        catch
        {
            await scene.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns the management API of one node.</summary>
    public static ManagementCalls CallsTo(Entrance entrance) => CallsTo(entrance.Node.Target, entrance.Node.DataFolder);

    /// <summary>Returns a stream of single events with ids, spread over all keys.</summary>
    public Func<Call> Usage(string run, long tokens = 10)
    {
        var number = -1L;
        return () =>
        {
            var n = Interlocked.Increment(ref number);
            return new Call(CallKind.Consume, $"{run}-{n}", Fleet.Keys[(int)(n % Fleet.Keys.Count)], tokens);
        };
    }

    /// <summary>
    /// Returns such a stream in which every other event leaves its id to the node and asks for an answer from memory.
    /// </summary>
    public Func<Call> MixedUsage(string run, long tokens = 10)
    {
        var durable = Usage(run, tokens);
        var number = 0L;
        return () => Interlocked.Increment(ref number) % 2 == 0
            ? durable()
            : durable() with { Id = null, FromMemory = true };
    }

    /// <summary>Sends load to every node, each request once, until it is stopped.</summary>
    public Task LoadAsync(int clientsPerNode, Func<Call?> next, CancellationToken stop) =>
        Task.WhenAll(Entrances.Select(e => e.Clients.RunAsync(clientsPerNode, next, stop, Cancellation)));

    /// <summary>Uses up the rest of the limit, to the last unit: large events first, then the smallest.</summary>
    /// <param name="entrances">The nodes to use; all running ones if empty.</param>
    public async Task FillLimitAsync(params Entrance[] entrances)
    {
        if (entrances.Length == 0)
            entrances = [.. Entrances.Where(static e => e.Node.Running)];
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
    /// Repeats every call whose answer left it undecided, until it is decided, and some of the others: at other nodes
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

    /// <summary>Waits until a count, over all clients, has risen by a number.</summary>
    public Task WaitForMoreAsync(Func<CallJournal, long> count, long more)
    {
        var goal = Sum() + more;
        return UntilAsync(() => Sum() >= goal);

        long Sum() => Journals.Sum(count);
    }

    /// <summary>Waits until a count has risen by a number at each of the nodes.</summary>
    public Task WaitForMoreAtEachAsync(Func<CallJournal, long> count, long more, params Entrance[] entrances)
    {
        var goals = (entrances.Length == 0 ? Entrances : entrances)
            .Select(e => (e.Journal, Goal: count(e.Journal) + more)).ToArray();
        return UntilAsync(() => goals.All(g => count(g.Journal) >= g.Goal));
    }

    /// <summary>Waits until a condition holds.</summary>
    /// <exception cref="TimeoutException">It never holds; the message has the last lines of the nodes.</exception>
    public async Task UntilAsync(Func<bool> reached)
    {
        try
        {
            while (!reached())
                await Task.Delay(PollEvery, Time, Cancellation);
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException($"{Counts()}\n{Cluster.LastLines}", late);
        }
    }

    /// <summary>Writes a line of the story, with the seconds since the scene was opened.</summary>
    public void Tell(string what) => TestContext.Current.TestOutputHelper?.WriteLine(
        $"{Time.GetElapsedTime(_opened).TotalSeconds,6:F1} s  {what}; {Counts()}");

    /// <summary>Returns the number that a query returns.</summary>
    public async Task<long> QueryAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Store.ConnectionString + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    /// <summary>Returns the number that a query on the events of the ledger returns.</summary>
    public Task<long> QueryLedgerAsync(string sql) =>
        LedgerRows.ScalarAsync<long>(Store.ConnectionString, sql, Cancellation);

    /// <summary>Marks a secret as dead: from now on no node may accept it.</summary>
    public void Bury(string secret) => _deadSecrets.Add(new DeadSecret(secret, Time.GetTimestamp()));

    /// <summary>Returns the requests and responses of all clients.</summary>
    public CallJournal History()
    {
        var all = new CallJournal();
        foreach (var attempt in Journals.SelectMany(static j => j.Attempts).OrderBy(static a => a.AnsweredAt))
            all.Add(attempt);
        return all;
    }

    /// <summary>
    /// Makes the offline check: every answer against the ledger, against the plan's limit and against revocations; then
    /// the ledger against the usage and the live state that every node shows, for every key, project and tenant.
    /// </summary>
    /// <returns>The ledger.</returns>
    public async Task<IReadOnlyList<LedgerRow>> AuditAsync()
    {
        var ledger = await AuditLedgerAsync();
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
        return ledger;
    }

    /// <summary>
    /// Makes the part of the offline check that needs no totals, because those of a deleted key are no longer shown.
    /// </summary>
    /// <returns>The ledger.</returns>
    public async Task<IReadOnlyList<LedgerRow>> AuditLedgerAsync()
    {
        var history = History();
        var ledger = await LedgerReader.ReadAsync(Store.ConnectionString, Cancellation);
        var audit = Audit.Of(history, ledger, Cluster.WasKilled);
        Assert.True(audit.Findings.Count == 0, $"{audit}\n{Cluster.LastLines}");
        if (_plan.Limit is { } limit)
        {
            var limits = LimitAudit.Of(history, ledger, TenantId, limit, _deadSecrets);
            Assert.True(limits.Findings.Count == 0, $"{limits}\n{Cluster.LastLines}");
        }

        return ledger;
    }

    public async ValueTask DisposeAsync()
    {
        _calls?.Dispose();
        await Cluster.DisposeAsync();
        await Store.DisposeAsync();
        _deadline.Dispose();
    }

    private static ManagementCalls CallsTo(HttpTarget target, string folder) =>
        new(target.BaseAddress, File.ReadAllText(Path.Combine(folder, "operator-token")).Trim(), Time);

    private string Counts() =>
        string.Join(", ", Journals.Select(static j => $"{j.Acknowledged}/{j.Refused}/{j.NotCounted}"));
}
