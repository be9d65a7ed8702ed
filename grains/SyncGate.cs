using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Sluice.Engine.Time;
using Sluice.GrainInterfaces.Messages;
using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Messages;

namespace Sluice.Grains;

/// <summary>
/// Lets only syncs of a live session's own process reach the authorities of this silo, and counts all that are refused.
/// </summary>
public sealed class SyncGate
{
    public const string MeterName = "Sluice.Cluster";

    /// <summary>Minimum pause between two lines in the log.</summary>
    private const int LogEveryMs = 1_000;

    private readonly EdgeLinks _edges;
    private readonly ProcessClock _clock;
    private readonly ILogger<SyncGate> _logger;
    private readonly Counter<long> _refused;
    private long _loggedMs = long.MinValue / 2;

    public SyncGate(EdgeLinks edges, IMeterFactory meters, ProcessClock clock, ILogger<SyncGate> logger)
    {
        ArgumentNullException.ThrowIfNull(meters);
        _edges = edges;
        _clock = clock;
        _logger = logger;
        _refused = meters.Create(MeterName).CreateCounter<long>(
            "sluice.cluster.refused_syncs", "{sync}", "Syncs that were refused, by reason.");
    }

    /// <summary>
    /// Checks whether a sync was sent by the process of its session. A session that an older version opened has no
    /// secret, and its syncs have no seal.
    /// </summary>
    /// <exception cref="Npgsql.NpgsqlException">The store can't be reached.</exception>
    internal async ValueTask<bool> AdmitsAsync(SyncCall call, ScopeId scope)
    {
        var isOwn = await _edges.FindAsync(new SessionId(call.Session)) is { } edge
            && (edge.Secret is null || MessageSeal.Matches(call.Seal, MessageSeal.Of(call, scope, edge.Secret)));
        if (!isOwn)
            Note("foreign", call, scope);
        return isOwn;
    }

    /// <summary>Counts a sync that its authority has refused.</summary>
    internal void Note(SyncOutcome outcome, SyncCall call, ScopeId scope)
    {
        switch (outcome)
        {
            case SyncOutcome.Overtaken:
                // A sync that was repeated and arrives late is refused for this too, so it is not worth a line.
                Count("overtaken");
                break;
            case SyncOutcome.Implausible:
                Note("implausible", call, scope);
                break;
            case SyncOutcome.UnknownEpoch:
                Note("unknown_epoch", call, scope);
                break;
            default:
                break;
        }
    }

    private void Note(string reason, SyncCall call, ScopeId scope)
    {
        Count(reason);
        var nowMs = _clock.MonotonicMs;
        var loggedMs = Volatile.Read(ref _loggedMs);
        if (nowMs - loggedMs >= LogEveryMs && Interlocked.CompareExchange(ref _loggedMs, nowMs, loggedMs) == loggedMs)
            ClusterLog.SyncRefused(_logger, call.Session, scope.ToString(), reason);
    }

    private void Count(string reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
