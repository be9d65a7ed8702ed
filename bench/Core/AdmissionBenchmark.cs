using BenchmarkDotNet.Attributes;
using Sluice.Metering.Identity;
using Sluice.Metering.Leases;
using Sluice.Metering.Leases.Authority;
using Sluice.Metering.Leases.Edge;
using Sluice.Metering.Leases.Messages;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;

namespace Sluice.Bench.Core;

/// <summary>
/// Sends one request through the edge: 3 metrics, each limited at key, seat, project and tenant, so 12 counters are
/// checked and taken from.
/// </summary>
public class AdmissionBenchmark
{
    private const long Plenty = 4_000_000_000_000_000_000;

    private static readonly MetricId[] Metrics =
        [MetricId.TextTokens, MetricId.Requests, MetricId.AudioTranscribedSeconds];

    private readonly CoreInstant _now = new(1_790_000_000_000, 1_000);
    private readonly EdgeCore _edge;
    private readonly EdgeEffects _effects = new();
    private readonly AdmissionRequest _request = new();

    public AdmissionBenchmark()
    {
        _edge = new EdgeCore(new SessionId(1), _now);
        var scopes = Enum.GetValues<ScopeKind>().Reverse()
            .Select(kind => _edge.Scope(new ScopeId(kind, 1), TenantCalendar.Utc)).ToArray();
        var key = new EdgeKey(1, scopes);
        _edge.AddKey(key);
        _request.Key = key;
        foreach (var metric in Metrics)
            _request.Charge.Add(metric, 3);
        Lease(scopes);
    }

    [Benchmark(Description = "admission, 4 scopes × 3 metrics")]
    public void Admit()
    {
        if (_edge.Admit(_now, _request, _effects) != AdmissionOutcome.Admitted)
            throw new InvalidOperationException("The edge ran out of rights; the figure would mean nothing.");
    }

    [Benchmark(Description = "admission and settlement, 4 scopes × 3 metrics")]
    public void AdmitAndSettle()
    {
        Admit();
        _edge.Settle(_now, _request.Key, _request.Takes, _effects);
    }

    /// <summary>Leases rights from real authorities, whose batches count as on disk at once here.</summary>
    private void Lease(EdgeScope[] scopes)
    {
        var authorities = scopes.ToDictionary(s => s.Id, s => new AuthorityCore(new AuthoritySnapshot(
            s.Id, 1, LimitsOf(s.Id), 1, [], [], [], [], [_edge.Session])));
        var outcome = _edge.Admit(_now, _request, _effects);
        while (outcome == AdmissionOutcome.Waiting && _request.Outcome == AdmissionOutcome.Waiting)
        {
            var syncs = _effects.Syncs.ToArray();
            _effects.Clear();
            foreach (var sync in syncs)
            {
                var said = new AuthorityEffects();
                var authority = authorities[sync.Scope];
                authority.OnSync(_now, sync, said);
                while (said.Persists.Count > 0)
                {
                    var number = said.Persists[0].Number;
                    said.Persists.Clear();
                    authority.OnPersisted(_now, number, PersistOutcome.Done, [], said);
                }

                foreach (var (_, push) in said.Pushes)
                    _edge.OnLimits(_now, push, _effects);
                foreach (var (_, reply) in said.Replies)
                    _edge.OnReply(_now, Generous(reply), _effects);
            }

            _edge.Tick(_now, _effects);
        }
    }

    /// <summary>Grants rights for the whole run, so that the edge need not ask in the middle of it.</summary>
    private static SyncReply Generous(SyncReply reply) =>
        reply with { Lines = [.. reply.Lines.Select(line => line with { GrantedUnits = Plenty })] };

    private static LimitSet LimitsOf(ScopeId scope) => new(1,
    [
        .. Metrics.Select((metric, i) => new Limit(
            i + 1, scope, metric, PeriodKind.Month, LimitKind.Blocked, LimitSource.Limit, Plenty)),
    ]);
}
