using Sluice.Engine.Authorities;
using Sluice.Engine.Time;
using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Authority;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Storage.Control.Credentials;
using Sluice.Storage.Control.Members;
using Sluice.Storage.Ledger.Leases;

namespace Sluice.Engine.LiveState;

/// <summary>
/// Reads live counters of a tenant and of everything in it: from active authorities, or from the accounts on disk if no
/// authority is active.
/// </summary>
public sealed class LiveStateReader(
    CounterStore counters,
    ActivationStore limits,
    CredentialStore credentials,
    IAuthorityDirectory directory,
    ProcessClock clock)
{
    /// <summary>Maximum authorities asked at the same time; they may be on other machines.</summary>
    private const int AskedAtOnce = 64;

    /// <summary>Reads usage, holds and states, at most a second old.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="visibility">The part of it that may be seen; null for all.</param>
    /// <param name="filter">What of it is asked for.</param>
    /// <param name="ct">Cancels the read.</param>
    public async Task<StatePage> ReadAsync(
        long tenantId, Visibility? visibility, StateFilter filter, CancellationToken ct)
    {
        var zone = await credentials.TimeZoneOfAsync(tenantId, ct) ?? "UTC";
        if (!TenantCalendar.TryCreate(zone, out var calendar, out var error))
            throw new InvalidOperationException(error);
        var nowMs = clock.WallMs;
        var periods = Enum.GetValues<PeriodKind>().Select(k => calendar.Current(k, nowMs).Key).ToArray();
        var range = new ScopeRange(
            filter.Max + 1, filter.IsLimited || filter.Tightest is not null, filter.Scope, filter.After);
        var scopes = await counters.ScopesOfAsync(tenantId, visibility, range, ct);
        ScopeId? next = null;
        if (scopes.Count > filter.Max && filter.Tightest is null)
            next = scopes[filter.Max - 1];
        if (scopes.Count > filter.Max)
        {
            scopes = filter.Tightest is null
                ? [.. scopes.Take(filter.Max)]
                : await counters.TightestOfAsync(
                    tenantId, visibility, periods, DateTimeOffset.FromUnixTimeMilliseconds(nowMs), filter.Max, ct);
        }

        var states = await StatesOfAsync(scopes, periods, nowMs, ct);
        return new StatePage(filter.Tightest is { } count ? TightestOf(states, count) : states, next);
    }

    /// <summary>Lists the scopes that are visible, as many as one read has.</summary>
    public Task<IReadOnlyList<ScopeId>> ScopesAsync(long tenantId, Visibility visibility, CancellationToken ct) =>
        counters.ScopesOfAsync(tenantId, visibility, new ScopeRange(StateFilter.ScopesMax), ct);

    private async Task<IReadOnlyList<ScopeLiveState>> StatesOfAsync(
        IReadOnlyList<ScopeId> scopes, PeriodKey[] periods, long nowMs, CancellationToken ct)
    {
        if (scopes.Count == 0)
            return [];
        var limitsOf = await limits.ReadLimitsAsync(scopes, ct);
        var stored = (await counters.ReadAsync(scopes, periods, ct)).ToLookup(s => s.Scope);
        var states = new List<ScopeLiveState>(scopes.Count);
        foreach (var asked in scopes.Chunk(AskedAtOnce))
        {
            var live = await Task.WhenAll(asked.Select(s => directory.ReadAsync(s, ct)));
            for (var i = 0; i < asked.Length; i++)
            {
                var readings = live[i] ?? Stored(stored[asked[i]]);
                states.Add(new ScopeLiveState(asked[i], StatesOf(readings, limitsOf[asked[i]], periods, nowMs)));
            }
        }

        return states;
    }

    /// <summary>Keeps the counters with the largest share of their limit, and their scopes, these first.</summary>
    private static List<ScopeLiveState> TightestOf(IEnumerable<ScopeLiveState> states, int count) =>
    [
        .. states.SelectMany(static state => state.Metrics, static (state, counter) => (state.Scope, Counter: counter))
            .Where(static pair => pair.Counter.Share is not null)
            .OrderByDescending(static pair => pair.Counter.Share)
            .Take(count)
            .GroupBy(static pair => pair.Scope, static pair => pair.Counter)
            .Select(static scope => new ScopeLiveState(scope.Key, [.. scope])),
    ];

    private static IReadOnlyList<CounterReading> Stored(IEnumerable<StoredCounter> counters) =>
        [.. counters.Select(static s => new CounterReading(s.Counter, s.UsedUnits, s.HeldUnits, null))];

    private static IReadOnlyList<MetricLiveState> StatesOf(
        IReadOnlyList<CounterReading> readings, LimitSet limits, PeriodKey[] periods, long nowMs)
    {
        var shown = readings.Where(r => Array.IndexOf(periods, r.Counter.Period) >= 0)
            .ToDictionary(r => r.Counter);
        foreach (var limit in limits.Limits)
        {
            var counter = new CounterId(limit.Metric, periods[(int)limit.Period]);
            shown.TryAdd(counter, new CounterReading(counter, 0, 0, null));
        }

        return
        [
            .. shown.Values
                .Where(r => r.UsedUnits != 0 || r.HeldUnits != 0 || IsLimited(limits, r.Counter))
                .OrderBy(r => r.Counter.Metric.Value).ThenBy(r => r.Counter.Period.Kind)
                .Select(r => StateOf(r, limits, nowMs)),
        ];
    }

    private static bool IsLimited(LimitSet limits, CounterId counter) =>
        limits.Limits.Any(l => l.Metric == counter.Metric && l.Period == counter.Period.Kind);

    private static MetricLiveState StateOf(CounterReading reading, LimitSet limits, long nowMs)
    {
        var (metric, period) = (reading.Counter.Metric, reading.Counter.Period);
        var state = limits.StateOf(metric, period.Kind, reading.UsedUnits, nowMs);
        return new MetricLiveState(
            metric,
            period,
            reading.UsedUnits,
            reading.HeldUnits,
            limits.BlockedAt(metric, period.Kind, nowMs),
            limits.WarningsAt(metric, period.Kind, nowMs),
            state switch
            {
                UsageState.Blocked => "blocked",
                UsageState.Warning => "warning",
                _ => "ok",
            });
    }
}
