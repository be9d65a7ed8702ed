using Sluice.EndToEnd.Audits;
using Sluice.EndToEnd.Nodes;
using Sluice.EndToEnd.Stores;
using Sluice.EndToEnd.Traffic;
using Sluice.LoadTest.Checks;
using Sluice.LoadTest.Fleets;
using Sluice.LoadTest.Management;
using Xunit;

namespace Sluice.EndToEnd.Scenes;

/// <summary>
/// A store, a node on it, and a fleet of keys, all real, all of one test: what every fault is done to. Bounded in
/// time as a whole, and gone afterwards whatever happened.
/// </summary>
internal sealed class Scene : IAsyncDisposable
{
    /// <summary>How long usage may take to show in the totals once traffic has stopped.</summary>
    private static readonly TimeSpan SettleFor = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _deadline;
    private ManagementCalls? _calls;

    private Scene(Store store, TimeSpan atMost, IReadOnlyDictionary<string, string>? settings)
    {
        Store = store;
        Node = new Node(store.ConnectionString, settings);
        Journal = new CallJournal();
        Clients = new Crowd(Node.Target, Journal, Time);
        _deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        _deadline.CancelAfter(atMost);
    }

    public static TimeProvider Time => TimeProvider.System;

    public Store Store { get; }

    public Node Node { get; }

    public Fleet Fleet { get; private set; } = null!;

    public CallJournal Journal { get; }

    public Crowd Clients { get; }

    public ManagementCalls Calls => _calls ??= new ManagementCalls(
        Node.Target.BaseAddress, Node.Settings.ReadOperatorToken(), Time);

    public ManagementClient Management => new(Calls);

    public string TenantId => Fleet.Tenants[0].Id;

    /// <summary>Ends when the test is cancelled or has taken too long.</summary>
    public CancellationToken Cancellation => _deadline.Token;

    /// <param name="keys">Keys of each project.</param>
    /// <param name="projects">Projects of the only tenant.</param>
    /// <param name="minutesMax">The whole test ends as a failure after this long.</param>
    /// <param name="settings">Of the node, beside those that every node has.</param>
    public static async Task<Scene> OpenAsync(
        int keys = 4, int projects = 1, int minutesMax = 2, IReadOnlyDictionary<string, string>? settings = null)
    {
        var scene = new Scene(await Store.StartAsync(), TimeSpan.FromMinutes(minutesMax), settings);
        try
        {
            await scene.Node.StartAsync(scene.Cancellation);
            var plan = new FleetPlan("scene", Seed: 1, Tenants: 1, projects, keys);
            scene.Fleet = await new FleetBuilder(scene.Management, Time).BuildAsync(plan, scene.Cancellation);
            return scene;
        }
        catch
        {
            await scene.DisposeAsync();
            throw;
        }
    }

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

    /// <summary>The same, but every other event leaves its id to the node and asks for an answer from memory.</summary>
    public Func<Call> MixedUsage(string run, long tokens = 10)
    {
        var durable = Usage(run, tokens);
        var number = 0L;
        return () => Interlocked.Increment(ref number) % 2 == 0
            ? durable()
            : durable() with { Id = null, FromMemory = true };
    }

    /// <summary>Uses up what a limit has left, to the last unit: large events first, then the smallest.</summary>
    public async Task FillLimitAsync(Crowd clients, int count)
    {
        foreach (var tokens in (long[])[50, 1])
        {
            var next = Usage($"fill-{tokens}", tokens);
            var refused = Journal.Refused + count;
            await clients.RunAsync(
                count, () => Journal.Refused < refused ? next() : null, CancellationToken.None, Cancellation);
        }
    }

    /// <summary>Waits until a count of the journal has risen by so much.</summary>
    public async Task WaitForMoreAsync(Func<CallJournal, long> count, long more)
    {
        var goal = count(Journal) + more;
        while (count(Journal) < goal)
            await Task.Delay(TimeSpan.FromMilliseconds(5), Time, Cancellation);
    }

    /// <summary>
    /// The offline check: every answer against the ledger, and the ledger against the usage and the live state that
    /// the API shows, for every key, project and tenant.
    /// </summary>
    /// <returns>The ledger.</returns>
    public async Task<IReadOnlyList<LedgerRow>> AuditAsync()
    {
        var ledger = await AuditLedgerAsync();
        var expected = new ExpectedUsage(Fleet);
        var indexes = Fleet.Keys.Index().ToDictionary(k => k.Item.Id, k => k.Index);
        foreach (var row in ledger.Where(r => r.IsUsage))
            expected.Add(indexes[row.KeyId], row.Tokens);
        var difference = await new UsageCheck(new UsageReader(Calls), Time)
            .FindDifferenceAsync(expected, SettleFor, Cancellation);
        Assert.True(difference is null, $"{difference}\n{Node.LastLines}");
        return ledger;
    }

    /// <summary>The part of it that needs no totals: those of a deleted key are not shown any more.</summary>
    /// <returns>The ledger.</returns>
    public async Task<IReadOnlyList<LedgerRow>> AuditLedgerAsync()
    {
        var ledger = await LedgerReader.ReadAsync(Store.ConnectionString, Cancellation);
        var audit = Audit.Of(Journal, ledger, Node.WasKilled);
        Assert.True(audit.Findings.Count == 0, $"{audit}\n{Node.LastLines}");
        return ledger;
    }

    public async ValueTask DisposeAsync()
    {
        _calls?.Dispose();
        await Node.DisposeAsync();
        await Store.DisposeAsync();
        _deadline.Dispose();
    }
}
