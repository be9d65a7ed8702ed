using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Sluice.Engine.Authorities;
using Sluice.Engine.Authorities.Directories;
using Sluice.Engine.Clocks;
using Sluice.Engine.Rating;
using Sluice.Engine.Time;
using Sluice.Storage.Ledger.Holds;
using Sluice.Storage.Ledger.Leases;

namespace Sluice.Engine.Nodes;

/// <summary>Authorities in one directory, and edges around it, each with its own session: all real, no HTTP.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<TestEdge> _edges = [];
    private readonly AuthorityStorage _storage;
    private readonly Task _loops;

    private TestCluster(TestStore store, RateBook rates)
    {
        Store = store;
        Rates = rates;
        Clock = new ProcessClock(Time);
        _storage = new AuthorityStorage(
            new ActivationQueue(new ActivationStore(store.Source), Clock),
            new LeaseGroupCommit(new LeaseStore(store.Source), Clock, NullLogger<LeaseGroupCommit>.Instance),
            new HoldReader(new HoldStore(store.Source), NullLogger<HoldReader>.Instance));
        Directory = new InProcessDirectory(_storage, Clock, NullLogger<InProcessDirectory>.Instance);
        _loops = Task.WhenAll([.. _storage.Run(), Directory.RunAsync(_stop.Token)]);
    }

    public TestStore Store { get; }

    public RateBook Rates { get; }

    public TestClock Time { get; } = new();

    public ProcessClock Clock { get; }

    public InProcessDirectory Directory { get; }

    public static async Task<TestCluster> StartAsync(TestStore store) => new(store, await store.RatesAsync());

    /// <summary>Starts another process: a new session, ready to take requests.</summary>
    /// <param name="ledgerConnection">The connection string of the ledger, if it is not the ordinary one.</param>
    public async Task<TestEdge> StartEdgeAsync(string? ledgerConnection = null)
    {
        var ledger = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(ledgerConnection ?? Store.ConnectionString) { CommandTimeout = 60 });
        var edge = await TestEdge.StartAsync(this, ledger);
        _edges.Add(edge);
        return edge;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var edge in _edges)
            await edge.DisposeAsync();
        await _stop.CancelAsync();
        _storage.Complete();
        await _loops;
        _stop.Dispose();
    }
}
