using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Sluice.Engine.Authorities;
using Sluice.Engine.Caches;
using Sluice.Engine.Edges;
using Sluice.Engine.Rating;
using Sluice.Engine.Time;
using Sluice.Engine.Usage;
using Sluice.Metering.Identity;
using Sluice.Storage.Control.Credentials;
using Sluice.Storage.Ledger;
using Sluice.Storage.Ledger.Sessions;

namespace Sluice.Engine.Hosting;

/// <summary>
/// Starts and stops the metering of one process: ends sessions left by earlier starts of this node, brings their usage
/// up to date, opens a session of its own, and runs the loops. Ready once all of that is done.
/// </summary>
public sealed class MeteringNode(
    MeteringDependencies parts,
    IAuthorityDirectory directory,
    ProcessClock clock,
    IHostApplicationLifetime lifetime,
    ILoggerFactory loggers) : IHostedService, IHealthCheck, IAsyncDisposable
{
    /// <summary>
    /// Exit code of a process that ended because a part of it failed, so that its supervisor can tell this from a stop.
    /// </summary>
    internal const int FailedExitCode = 1;

    /// <summary>Interval at which the times of last use are written.</summary>
    private static readonly TimeSpan NoteEvery = TimeSpan.FromSeconds(5);

    /// <summary>Maximum time a stop may take to flush everything to disk.</summary>
    private static readonly TimeSpan StopWait = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _loops = [];
    private Edge? _edge;
    private EdgeMetrics? _metrics;
    private Task _running = Task.CompletedTask;

    /// <summary>The entry point of the data plane.</summary>
    /// <exception cref="InvalidOperationException">The node has not started.</exception>
    public Meter Meter { get; private set; } = null!;

    public KeyCache Keys { get; private set; } = null!;

    public Edge Edge => _edge ?? throw new InvalidOperationException("The node has not started.");

    /// <summary>
    /// Returns healthy while the edge admits requests and the ledger takes them; degraded if only reports are behind.
    /// </summary>
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(_edge switch
        {
            null => HealthCheckResult.Unhealthy("The node is starting."),
            { Fenced: true } => HealthCheckResult.Unhealthy("The session of this node was fenced; it ends."),
            { Accepting: false } => HealthCheckResult.Unhealthy("The store can't be reached."),
            { LedgerFails: true } => HealthCheckResult.Unhealthy("The ledger can't be written."),
            { SumsFail: true } => HealthCheckResult.Degraded("Usage sums can't be written; limits are exact."),
            _ => HealthCheckResult.Healthy(),
        });

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await parts.Rates.ReloadAsync(cancellationToken);
        await parts.Partitions.EnsureAsync(clock.WallMs, cancellationToken);

        // An earlier start of this node has certainly ended, or its data folder would still be locked. Its rights come
        // back at once; sessions of other nodes are left to the session watch.
        await parts.Sessions.FencePredecessorsAsync(parts.Node, cancellationToken);
        await parts.Sessions.SettleAsync(cancellationToken);
        var openedAt = clock.Now;
        var session = await parts.Sessions.OpenAsync(
            parts.Node, parts.Registry.Register(), cancellationToken);

        var ledger = SessionLedger.Of(parts.LedgerSource, parts.Partitions, session);
        var edge = new Edge(
            session, directory, ledger, clock, loggers.CreateLogger<Edge>(), openedAt);
        Keys = new KeyCache(parts.Credentials, parts.Lookups, edge, clock);
        Meter = new Meter(edge, parts.Rates, parts.Pool, clock, parts.Source);
        edge.Caches = new EdgeCaches(Keys, parts.Rates);
        edge.Others = parts.Edges;
        parts.Registry.Join(edge);
        _loops.Add(NoteUseAsync(_stop.Token));
        _loops.Add(parts.Lookups.RunAsync(_stop.Token));
        var warm = new WarmStart(parts.Credentials, clock, loggers.CreateLogger<MeteringNode>());
        await warm.OpenLedgerAsync(ledger.Batches, cancellationToken);
        _running = RunAsync(edge);
        _edge = edge;
        _metrics = new EdgeMetrics(parts.Meters, edge);
        await warm.MeetAuthoritiesAsync(Keys, Meter, cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(StopWait, clock.Time, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_edge is { Fenced: false } edge && _running.IsCompletedSuccessfully)
            await CloseAsync(edge.Session);
        await Task.WhenAll(_loops).WaitAsync(StopWait, clock.Time, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        _stop.Dispose();
        _metrics?.Dispose();
        if (_edge is not null)
            await _edge.DisposeAsync();
    }

    private async Task RunAsync(Edge edge)
    {
        try
        {
            // Beats never wait for a connection that reports or management hold.
            await edge.RunAsync(new SessionStore(parts.LedgerSource, clock.Time), _stop.Token);
        }
        catch (Exception e)
        {
            HostingLog.LoopFailed(loggers.CreateLogger<MeteringNode>(), e);
            Environment.ExitCode = FailedExitCode;
            throw;
        }
        finally
        {
            // A node without its edge serves no requests: stop, so that the supervisor restarts it.
            lifetime.StopApplication();
        }
    }

    /// <summary>
    /// Closes the session. Everything is on disk, so leased rights that were not used are free again.
    /// </summary>
    private async Task CloseAsync(SessionId session)
    {
        try
        {
            await Keys.NoteUseAsync(CancellationToken.None);
            await parts.Sessions.CloseAsync(session, CancellationToken.None);
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
        {
            // The next start fences and settles the session anyway.
            HostingLog.CloseFailed(loggers.CreateLogger<MeteringNode>(), e.Message);
        }
    }

    private async Task NoteUseAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(NoteEvery, clock.Time);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(stop);
                await Keys.NoteUseAsync(stop);
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
            {
                HostingLog.NoteFailed(loggers.CreateLogger<MeteringNode>(), e.Message);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
