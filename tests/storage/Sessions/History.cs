using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Storage.Ledger.Entries;

namespace Sluice.Storage.Ledger.Sessions;

/// <summary>
/// A random life of one session, written as a ledger writer writes it: accounts as absolute values from time to time,
/// sums behind them, in segments that end with a batch. The expected result of settling it is counted separately, event
/// by event.
/// </summary>
internal sealed class History
{
    private static readonly MetricId[] Metrics = [MetricId.Amount, MetricId.Requests, MetricId.TextTokens];
    private static readonly int[] Days = [20260714, 20260715];

    private readonly Random _random;
    private readonly long _base;
    private readonly Dictionary<(ScopeId Scope, CounterId Counter), (long Used, long Extra)> _accounts = [];
    private readonly HashSet<(ScopeId Scope, CounterId Counter)> _lagging = [];
    private readonly Dictionary<RollupKey, (long Units, long Unpriced)> _sums = [];
    private readonly HashSet<(ScopeKind Kind, MetricId Metric, PeriodKind Period)> _limited = [];
    private long _summed;

    public History(int seed)
    {
        _random = new Random(seed);
        _base = (seed + 1) * 1_000L;
        foreach (var kind in Enum.GetValues<ScopeKind>())
        {
            foreach (var metric in Metrics)
            {
                foreach (var period in (PeriodKind[])[PeriodKind.Day, PeriodKind.Total])
                {
                    if (_random.Next(4) == 0)
                        _limited.Add((kind, metric, period));
                }
            }
        }
    }

    /// <summary>The usage of every counter by this session.</summary>
    public Dictionary<(ScopeId Scope, CounterId Counter), long> ExpectedUnits { get; } = [];

    public Dictionary<RollupKey, (long Units, long Unpriced)> ExpectedSums { get; } = [];

    public long FirstTenant => _base;

    public long LastTenant => _base + 1;

    public async Task LiveAsync(MeteringDatabase database, SessionId session)
    {
        await MakeDayAndTotalCountersAsync(database, session);
        var batches = _random.Next(1, 9);
        for (var batch = 1; batch <= batches; batch++)
        {
            var entries = Enumerable.Range(0, _random.Next(0, 12)).Select(_ => NewEntry()).ToArray();
            foreach (var entry in entries)
                Count(entry);
            var checkpoint = NextCheckpoint();
            await database.WriteAsync(session, batch, entries, checkpoint);
            if (checkpoint is { Full: true } && _random.Next(3) > 0)
                await WriteSumsAsync(database, session, batch);
        }
    }

    private async Task WriteSumsAsync(MeteringDatabase database, SessionId session, long batch)
    {
        await database.AddSumsAsync(
            session, _summed, batch,
            [.. _sums.Select(s => new RollupLine(s.Key, s.Value.Units, s.Value.Unpriced)).OrderBy(l => l.Key)]);
        _summed = batch;
        _sums.Clear();
    }

    /// <summary>Creates leases for limits by day and total; nothing else shows that such a counter exists.</summary>
    private async Task MakeDayAndTotalCountersAsync(MeteringDatabase database, SessionId session)
    {
        foreach (var scope in Enumerable.Range(0, 2).SelectMany(i => ScopesOf(Tenant(i), Key(i))).Distinct())
        {
            foreach (var (_, metric, period) in _limited.Where(l => l.Kind == scope.Kind))
            {
                foreach (var value in period == PeriodKind.Total ? (int[])[0] : Days)
                {
                    await database.ExecuteAsync(
                        $"""
                         insert into lease (scope_kind, scope_id, metric, period, session_id, granted, returned, memory)
                         values
                           ({(int)scope.Kind}, {scope.Value}, {metric.Value}, {value}, {session.Value}, 9, 0, false)
                         """);
                }
            }
        }
    }

    private LedgerEntry NewEntry()
    {
        var i = _random.Next(2);
        var entry = SampleEntry.New(Tenant(i), Key(i), kind: (EntryKind)_random.Next(5));
        (entry.ProjectId, entry.SeatId) = (ProjectOf(i), SeatOf(i));
        entry.Day = Days[_random.Next(2)];
        entry.AtMs = MeteringDatabase.NowMs - _random.Next(10_000_000);
        entry.Member = _random.Next(3) == 0 ? "member" : "";
        entry.Model = _random.Next(2) == 0 ? "model" : "";
        entry.Charge.Clear();
        foreach (var metric in Metrics)
        {
            if (_random.Next(3) > 0)
                entry.Charge.Add(metric, _random.Next(4) == 0 ? 0 : _random.Next(1, 1_000));
        }

        entry.UnpricedMask = _random.Next(1 << entry.Charge.Count);
        return entry;
    }

    private void Count(LedgerEntry entry)
    {
        if (entry.Kind is EntryKind.Reserve or EntryKind.Release)
            return;
        for (var line = 0; line < entry.Charge.Count; line++)
        {
            var (metric, units) = (entry.Charge.MetricAt(line), entry.Charge.UnitsAt(line));
            var beyond = _random.Next(3) == 0 ? units : 0;
            foreach (var scope in ScopesOf(entry.TenantId, entry.KeyId))
            {
                foreach (var period in PeriodsOf(scope.Kind, metric, entry))
                    Add((scope, new CounterId(metric, period)), units, beyond);
            }

            var unpriced = (entry.UnpricedMask & (1 << line)) != 0 ? units : 0;
            AddSum(entry, metric, units, unpriced);
        }
    }

    private void Add((ScopeId Scope, CounterId Counter) counter, long units, long beyond)
    {
        var (used, extra) = _accounts.GetValueOrDefault(counter);
        _accounts[counter] = (used + units - beyond, extra + beyond);
        _lagging.Add(counter);
        ExpectedUnits[counter] = ExpectedUnits.GetValueOrDefault(counter) + units;
    }

    private void AddSum(LedgerEntry entry, MetricId metric, long units, long unpriced)
    {
        if (units == 0)
            return;
        var key = new RollupKey(
            entry.TenantId, entry.AtMs - (entry.AtMs % 900_000), entry.Month, entry.KeyId, entry.ProjectId,
            entry.SeatId, entry.Member, entry.Model, metric.Value);
        foreach (var sums in (Dictionary<RollupKey, (long Units, long Unpriced)>[])[_sums, ExpectedSums])
        {
            var (before, unpricedBefore) = sums.GetValueOrDefault(key);
            sums[key] = (before + units, unpricedBefore + unpriced);
        }
    }

    /// <summary>Returns nothing, some of the accounts ahead of the rest, or everything.</summary>
    private Checkpoint? NextCheckpoint()
    {
        switch (_random.Next(3))
        {
            case 0:
                return null;
            case 1:
                var some = _lagging.Where(_ => _random.Next(3) == 0).ToArray();
                return new Checkpoint(LinesOf(some), Full: false);
            default:
                var checkpoint = new Checkpoint(LinesOf(_lagging), Full: true);
                _lagging.Clear();
                return checkpoint;
        }
    }

    private AccountLine[] LinesOf(IEnumerable<(ScopeId Scope, CounterId Counter)> counters) =>
        [.. counters.Select(c => new AccountLine(c.Scope, c.Counter, _accounts[c].Used, _accounts[c].Extra)).Order()];

    private IEnumerable<PeriodKey> PeriodsOf(ScopeKind kind, MetricId metric, LedgerEntry entry)
    {
        yield return new PeriodKey(entry.Month);
        if (_limited.Contains((kind, metric, PeriodKind.Day)))
            yield return new PeriodKey(entry.Day);
        if (_limited.Contains((kind, metric, PeriodKind.Total)))
            yield return PeriodKey.Total;
    }

    private IEnumerable<ScopeId> ScopesOf(long tenant, long key)
    {
        var i = (int)(tenant - _base);
        yield return new ScopeId(ScopeKind.Tenant, tenant);
        if (ProjectOf(i) != 0)
            yield return new ScopeId(ScopeKind.Project, ProjectOf(i));
        if (SeatOf(i) != 0)
            yield return new ScopeId(ScopeKind.Seat, SeatOf(i));
        yield return new ScopeId(ScopeKind.Key, key);
    }

    private long Tenant(int i) => _base + i;

    private long Key(int i) => _base + 10 + i;

    /// <summary>Returns the project of a key: the first key is a project's, the second a seat's.</summary>
    private long ProjectOf(int i) => i == 0 ? _base + 20 : 0;

    private long SeatOf(int i) => i == 0 ? 0 : _base + 30;
}
