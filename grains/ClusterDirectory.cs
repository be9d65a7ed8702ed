using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Runtime;
using Sluice.Engine.Authorities;
using Sluice.Engine.Time;
using Sluice.GrainInterfaces;
using Sluice.GrainInterfaces.Messages;
using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Authority;
using Sluice.Metering.Leases.Messages;

namespace Sluice.Grains;

/// <summary>
/// Reaches authorities that are grains, and edges from them. A call that fails or times out has an unknown result;
/// every message may be sent again.
/// </summary>
public sealed class ClusterDirectory(
    IGrainFactory grains,
    EdgeLinks edges,
    ProcessClock clock,
    ILogger<ClusterDirectory> logger,
    LeaseGroupCommit? disk = null)
    : IAuthorityDirectory, IEdgeDirectory
{
    /// <summary>
    /// Maximum time for an administrator's change to be in force everywhere before the caller gets an error. A node
    /// that has crashed or sleeps is fenced within four seconds, and delays a change by as long.
    /// </summary>
    private const int EffectiveWaitMs = 15_000;

    /// <summary>Pause between attempts to reach those that have not answered.</summary>
    private const int AgainMs = 100;

    private long _calls;

    /// <summary>The authorities of this process, if it hosts any.</summary>
    public AuthorityHost? Host { get; set; }

    public AuthorityCounts Counts => new(Volatile.Read(ref _calls), Host?.Count ?? 0, disk?.Commits ?? 0);

    public IEdgeEndpoint Find(SessionId session) => new RemoteEdge(session, edges, logger);

    public async ValueTask<bool> IsAliveAsync(SessionId session) =>
        await edges.Sessions.IsAliveAsync(session, CancellationToken.None);

    public async Task<SyncReply?> SyncAsync(SyncRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        Interlocked.Increment(ref _calls);
        try
        {
            var call = SyncCall.Of(request);
            var seal = MessageSeal.Of(call, request.Scope, edges.Own.Value);
            var answer = await GrainOf(request.Scope).SyncAsync(call with { Seal = seal });
            return answer?.ToReply(request.Scope);
        }
        catch (Exception e) when (IsUnanswered(e))
        {
            ClusterLog.SyncUnanswered(logger, request.Scope.ToString(), e.Message);
            return null;
        }
    }

    public async Task RefreshAsync(ScopeId scope, CancellationToken ct)
    {
        var started = clock.MonotonicMs;
        while (clock.MonotonicMs - started < EffectiveWaitMs)
        {
            try
            {
                if (await GrainOf(scope).RefreshAsync().WaitAsync(ct))
                    return;
            }
            catch (Exception e) when (IsUnanswered(e))
            {
                ClusterLog.RefreshUnanswered(logger, scope.ToString(), e.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(AgainMs), clock.Time, ct);
            }
        }

        throw new SignalUnavailableException("The limits are saved, but not in force everywhere yet.");
    }

    /// <summary>
    /// Calls every live session until each has confirmed or is fenced. The list is read after the change was committed,
    /// and a session that begins later reads the change itself. A session is fenced only once its time to live is over,
    /// so nothing is answered from memory under it either.
    /// </summary>
    public async Task PropagateAsync(NodeChange change, CancellationToken ct)
    {
        var started = clock.MonotonicMs;
        HashSet<SessionId>? missing = null;
        while (clock.MonotonicMs - started < EffectiveWaitMs)
        {
            try
            {
                var recent = await edges.Sessions.ReadRecentAsync(ct);
                var living = recent.Where(static s => !s.Fenced).Select(static s => s.Session);
                if (missing is null)
                    missing = [.. living];
                else
                    missing.IntersectWith(living);
                var confirmed = await Task.WhenAll(missing.Select(s => ConfirmsAsync(s, change, ct)));
                foreach (var session in confirmed.OfType<SessionId>())
                    missing.Remove(session);
                if (missing.Count == 0)
                    return;
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
            {
                ClusterLog.TellFailed(logger, e.Message);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(AgainMs), clock.Time, ct);
        }

        throw new SignalUnavailableException(change.NotYet);
    }

    public async Task<IReadOnlyList<CounterReading>?> ReadAsync(ScopeId scope, CancellationToken ct)
    {
        try
        {
            var lines = await GrainOf(scope).ReadAsync().WaitAsync(ct);
            return lines is null ? null : [.. lines.Select(static l => l.ToReading())];
        }
        catch (Exception e) when (IsUnanswered(e))
        {
            return null;
        }
    }

    private static bool IsUnanswered(Exception e) =>
        e is OrleansException or TimeoutException or NpgsqlException or IOException or SiloUnavailableException
            or ObjectDisposedException or InvalidOperationException;

    private async Task<SessionId?> ConfirmsAsync(SessionId session, NodeChange change, CancellationToken ct)
    {
        try
        {
            await Find(session).ApplyAsync(change, ct);
            return session;
        }
        catch (Exception e) when (IsUnanswered(e))
        {
            ClusterLog.EdgeUnanswered(logger, session.Value, e.Message);
            return null;
        }
    }

    private IAuthorityGrain GrainOf(ScopeId scope) => scope.Kind switch
    {
        ScopeKind.Tenant => grains.GetGrain<ITenantGrain>(scope.Value),
        ScopeKind.Project => grains.GetGrain<IProjectGrain>(scope.Value),
        ScopeKind.Seat => grains.GetGrain<ISeatGrain>(scope.Value),
        ScopeKind.Key => grains.GetGrain<IApiKeyGrain>(scope.Value),
        _ => throw new ArgumentOutOfRangeException(nameof(scope), scope.Kind, "not a scope kind"),
    };
}
