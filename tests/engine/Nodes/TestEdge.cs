using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Sluice.Engine.Caches;
using Sluice.Engine.Customers;
using Sluice.Engine.Edges;
using Sluice.Engine.Events;
using Sluice.Engine.Hosting;
using Sluice.Engine.Keys;
using Sluice.Engine.Usage;
using Sluice.Metering.Metrics;
using Sluice.Storage.Control.Credentials;
using Sluice.Storage.Ledger;
using Sluice.Storage.Ledger.Entries;
using Sluice.Storage.Ledger.Sessions;
using Xunit;

namespace Sluice.Engine.Nodes;

/// <summary>One process as the data plane sees it: keys, meter, edge and ledger writer of one session.</summary>
internal sealed class TestEdge : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TestCluster _cluster;
    private readonly NpgsqlDataSource _ledger;
    private readonly SessionStore _sessions;
    private readonly Task _running;

    private TestEdge(TestCluster cluster, NpgsqlDataSource ledger, SessionStore sessions, Edge edge)
    {
        _cluster = cluster;
        _ledger = ledger;
        _sessions = sessions;
        Edge = edge;
        var credentials = new CredentialStore(cluster.Store.Source);
        Lookups = new KeyLookups(credentials, cluster.Clock, new TestMeters(), NullLogger<KeyLookups>.Instance);
        Keys = new KeyCache(credentials, Lookups, edge, cluster.Clock);
        Meter = new Meter(edge, cluster.Rates, Pool, cluster.Clock, cluster.Store.Source);
        edge.Caches = new EdgeCaches(Keys, cluster.Rates);
        edge.Others = cluster.Directory;
        cluster.Directory.Join(edge);
        _running = edge.RunAsync(sessions, _stop.Token);
    }

    public Edge Edge { get; }

    public KeyCache Keys { get; }

    public KeyLookups Lookups { get; }

    public Meter Meter { get; }

    public UsageEventPool Pool { get; } = new();

    public static async Task<TestEdge> StartAsync(TestCluster cluster, NpgsqlDataSource ledger)
    {
        var sessions = new SessionStore(cluster.Store.Source, cluster.Time);
        var session = await sessions.OpenAsync(
            new NodeIdentity(Guid.NewGuid(), "test"),
            new SessionEdge("in-process", null),
            TestContext.Current.CancellationToken);
        var written = SessionLedger.Of(ledger, new LedgerPartitions(cluster.Store.Source), session);
        var edge = new Edge(
            session, cluster.Directory, written, cluster.Clock, NullLogger<Edge>.Instance,
            cluster.Clock.Now);
        return new TestEdge(cluster, ledger, sessions, edge);
    }

    public async Task<CachedKey?> AuthenticateAsync(string secret) => (await AuthenticateAsync(secret, null)).Key;

    /// <summary>Authenticates a secret that an address sends.</summary>
    public async Task<KeyAnswer> AuthenticateAsync(string secret, IPAddress? sender) =>
        await Keys.AuthenticateAsync(Encoding.UTF8.GetBytes(secret), sender);

    /// <summary>Makes an event with a customer's key.</summary>
    public async Task<UsageEvent> MakeAsync(
        Customer customer,
        long tokens,
        string? id = null,
        bool record = false,
        bool memory = false,
        EntryKind kind = EntryKind.Consume)
    {
        var key = await AuthenticateAsync(customer.Secret) ?? throw new InvalidOperationException("The key is dead.");
        return Meter.Make(key, Content(tokens, id, record, memory), kind)!;
    }

    /// <summary>
    /// Sends one event and reads its answer. If rights are on their way from another node it asks again, as the answer
    /// demands: a slow machine makes that happen, and it is not a decision yet.
    /// </summary>
    public async Task<Answer> UseAsync(
        Customer customer, long tokens, string? id = null, bool record = false, bool memory = false)
    {
        while (true)
        {
            var answer = Answer.Take(await Meter.SubmitAsync(await MakeAsync(customer, tokens, id, record, memory)));
            if (answer.Verdict != UsageVerdict.Stranded)
                return answer;
        }
    }

    public async Task<Answer> ReserveAsync(Customer customer, long tokens, string id, int ttlSeconds = 300) =>
        Answer.Take(await Meter.ReserveAsync(
            await MakeAsync(customer, tokens, id, kind: EntryKind.Reserve), ttlSeconds));

    public async Task<Answer> CommitAsync(Customer customer, long tokens, string id)
    {
        var key = await AuthenticateAsync(customer.Secret);
        return Answer.Take((await Meter.CommitAsync(
            new SecretHolder(key!, SecretEnded: false),
            Content(tokens, id, record: false, memory: false),
            TestContext.Current.CancellationToken))!);
    }

    public async Task<Answer> ReleaseAsync(Customer customer, string id)
    {
        var key = await AuthenticateAsync(customer.Secret);
        return Answer.Take(await Meter.ReleaseAsync(
            new SecretHolder(key!, SecretEnded: false), id, TestContext.Current.CancellationToken));
    }

    /// <summary>
    /// Waits until all answered usage is in the accounts and sums, and ends the session as a clean stop does.
    /// </summary>
    public async Task CloseAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _cluster.Directory.Leave(Edge);
        await _sessions.CloseAsync(Edge.Session, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stop.IsCancellationRequested)
            await CloseAsync();
        await Edge.DisposeAsync();
        await _ledger.DisposeAsync();
        _stop.Dispose();
    }

    private static UsageContent Content(long tokens, string? id, bool record, bool memory)
    {
        var content = new UsageContent { Id = id, Record = record, Memory = memory };
        content.Quantities.Add(new Quantity(MetricId.TextTokens, tokens));
        return content;
    }
}
