using Npgsql;
using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Storage.Ledger.Blocks;
using Sluice.Storage.Ledger.Entries;
using Sluice.Storage.Ledger.Rows;

namespace Sluice.Storage.Ledger.Sessions;

/// <summary>
/// Usage that the blocks of an ended session hold beyond its accounts and sums. An account is as of its own batch, and
/// at least as of the checkpoint. A batch with usage beyond rights on a limited counter always carries that account, so
/// usage added here was under rights. Day and total counters exist only if a limit created them.
/// </summary>
internal sealed class SessionTail
{
    private const string Counters =
        """
        select coalesce(a.scope_kind, l.scope_kind), coalesce(a.scope_id, l.scope_id), coalesce(a.metric, l.metric),
          coalesce(a.period, l.period), coalesce(a.batch, 0)
        from (select * from usage_account where session_id = $1) a
        full join (select * from lease where session_id = $1) l on l.scope_kind = a.scope_kind
          and l.scope_id = a.scope_id and l.metric = a.metric and l.period = a.period
        """;

    private readonly Dictionary<(ScopeId Scope, CounterId Counter), long> _known = [];
    private readonly Dictionary<(ScopeId Scope, CounterId Counter), (long Units, long Batch)> _counted = [];
    private readonly Dictionary<RollupKey, (long Units, long Unpriced)> _sums = [];

    /// <summary>Gets what is to be added to the accounts of the session, sorted.</summary>
    public IReadOnlyList<(AccountLine Line, long Batch)> Accounts =>
    [
        .. _counted
            .Select(static c => (new AccountLine(c.Key.Scope, c.Key.Counter, c.Value.Units, 0), c.Value.Batch))
            .OrderBy(static c => c.Item1),
    ];

    /// <summary>Gets what is to be added to the sums, with the labels as they were sent.</summary>
    public IEnumerable<RollupLine> Sums => _sums.Where(static s => s.Value.Units > 0)
        .Select(static s => new RollupLine(s.Key, s.Value.Units, s.Value.Unpriced));

    /// <summary>Reads the usage of a session after its checkpoint, and its open holds.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="session">The session.</param>
    /// <param name="claim">From where on it is read.</param>
    /// <param name="holds">Receives what the session has written about its reservations.</param>
    /// <param name="ct">Cancels the queries.</param>
    public static async Task<SessionTail> ReadAsync(
        NpgsqlConnection connection, SessionId session, SettlementClaim claim, OpenHolds holds, CancellationToken ct)
    {
        var tail = new SessionTail();
        await tail.ReadCountersAsync(connection, session, ct);
        if (claim.WroteRows)
        {
            await foreach (var row in RowReader.TailAsync(connection, session, claim.Checkpoint, ct))
                tail.Add(row.Entry, row.Batch);
            return tail;
        }

        var after = Math.Min(claim.Checkpoint, claim.HoldsFrom - 1);
        await foreach (var block in LedgerReader.TailAsync(connection, session, after, ct))
        {
            foreach (var entry in block.Read())
            {
                holds.Add(entry);
                if (entry.Counts && block.Header.Batch > claim.Checkpoint)
                    tail.Add(entry, block.Header.Batch);
            }
        }

        return tail;
    }

    private async Task ReadCountersAsync(NpgsqlConnection connection, SessionId session, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Counters, connection);
        command.Parameters.AddWithValue(session.Value);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var scope = new ScopeId((ScopeKind)reader.GetInt16(0), reader.GetInt64(1));
            var counter = new CounterId(new MetricId(reader.GetInt16(2)), new PeriodKey(reader.GetInt32(3)));
            _known.Add((scope, counter), reader.GetInt64(4));
        }
    }

    private void Add(LedgerEntry entry, long batch)
    {
        ReadOnlySpan<ScopeId> scopes =
        [
            new(ScopeKind.Tenant, entry.TenantId), new(ScopeKind.Project, entry.ProjectId),
            new(ScopeKind.Seat, entry.SeatId), new(ScopeKind.Key, entry.KeyId),
        ];
        for (var line = 0; line < entry.Charge.Count; line++)
        {
            var (metric, units) = (entry.Charge.MetricAt(line), entry.Charge.UnitsAt(line));
            AddSum(entry, line, metric, units);
            foreach (var scope in scopes)
            {
                if (scope.Value == 0)
                    continue;
                foreach (var period in (ReadOnlySpan<int>)[entry.Month, entry.Day, 0])
                {
                    var counter = new CounterId(metric, new PeriodKey(period));
                    var counted = entry.UnitsInAccount(scope.Kind, line, counter.Period.Kind);
                    Count((scope, counter), period == entry.Month, counted, batch);
                }
            }
        }
    }

    private void Count((ScopeId Scope, CounterId Counter) account, bool always, long units, long batch)
    {
        var isKnown = _known.TryGetValue(account, out var asOf);
        if ((!always && !isKnown) || batch <= asOf)
            return;
        var counted = _counted.GetValueOrDefault(account);
        _counted[account] = (counted.Units + units, Math.Max(counted.Batch, batch));
    }

    private void AddSum(LedgerEntry entry, int line, MetricId metric, long units)
    {
        var bucketMs = entry.AtMs - (entry.AtMs % RollupKey.BucketLengthMs);
        var key = new RollupKey(
            entry.TenantId, bucketMs, entry.Month, entry.KeyId, entry.ProjectId, entry.SeatId, entry.Member,
            entry.Model, metric.Value);
        var sum = _sums.GetValueOrDefault(key);
        var unpriced = (entry.UnpricedMask & (1 << line)) != 0 ? units : 0;
        _sums[key] = (sum.Units + units, sum.Unpriced + unpriced);
    }
}
