using System.Collections.Immutable;
using System.Data;
using Npgsql;
using NpgsqlTypes;
using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Authority;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Storage.Ledger.Holds;

namespace Sluice.Storage.Ledger.Leases;

/// <summary>
/// Reads the state that authorities start from: their new epoch and, read after it was raised, everything else.
/// </summary>
public sealed class ActivationStore(NpgsqlDataSource dataSource)
{
    /// <summary>
    /// Raises the epochs of scopes and reads their accounts, in one transaction. A write of an older activation has
    /// either committed before and is read here, or is refused.
    /// </summary>
    /// <param name="scopes">The scopes, each at most once.</param>
    /// <param name="fromMonth">Accounts of months (yyyymm) before this one, and of their days, are skipped.</param>
    public async Task<IReadOnlyList<AuthoritySnapshot>> ActivateAsync(
        IReadOnlyCollection<ScopeId> scopes, PeriodKey fromMonth, CancellationToken ct)
    {
        var sorted = scopes.Order().ToArray();
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var drafts = sorted.ToDictionary(s => s, _ => new Draft());
        await using (var raise = new NpgsqlBatch(connection, transaction))
        {
            raise.BatchCommands.Add(new NpgsqlBatchCommand(PersistSql.EndIfAsleep));
            raise.BatchCommands.Add(BatchCommand(PersistSql.RaiseEpochs, sorted, default));
            await using var epochs = await raise.ExecuteReaderAsync(ct);
            await EachAsync(epochs, r => drafts[Scope(r)].Epoch = r.GetInt64(2), ct);
        }

        await using var read = new NpgsqlBatch(connection, transaction);
        foreach (var sql in (string[])[PersistSql.ReadSessions, PersistSql.Fold, HoldSql.Fold,
                                       PersistSql.ReadLimits, PersistSql.ReadThresholds, PersistSql.ReadAccounts,
                                       PersistSql.ReadSettled, PersistSql.ReadMarks, PersistSql.ReadArmed,
                                       HoldSql.OfScopes])
            read.BatchCommands.Add(BatchCommand(sql, sorted, fromMonth));
        var sessions = new List<SessionId>();
        await using (var reader = await read.ExecuteReaderAsync(ct))
            await ReadAllAsync(reader, drafts, sessions, ct);
        await transaction.CommitAsync(ct);
        return [.. sorted.Select(s => drafts[s].Snapshot(s, sessions))];
    }

    /// <summary>Reads the current limits of one scope.</summary>
    public async Task<LimitSet> ReadLimitsAsync(ScopeId scope, CancellationToken ct) =>
        (await ReadLimitsAsync([scope], ct))[scope];

    /// <summary>Reads the current limits of scopes.</summary>
    public async Task<IReadOnlyDictionary<ScopeId, LimitSet>> ReadLimitsAsync(
        IReadOnlyCollection<ScopeId> scopes, CancellationToken ct)
    {
        var sorted = scopes.Order().ToArray();
        var drafts = sorted.ToDictionary(s => s, _ => new Draft());
        await using var connection = await dataSource.OpenConnectionAsync(ct);

        // One snapshot for both: a version must never be combined with thresholds of another.
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        await using var read = new NpgsqlBatch(connection, transaction);
        read.BatchCommands.Add(BatchCommand(PersistSql.ReadLimits, sorted, default));
        read.BatchCommands.Add(BatchCommand(PersistSql.ReadThresholds, sorted, default));
        await using (var reader = await read.ExecuteReaderAsync(ct))
        {
            await EachAsync(reader, r => drafts[Scope(r)].AddVersion(r), ct);
            await reader.NextResultAsync(ct);
            await EachAsync(reader, r => drafts[Scope(r)].AddLimit(r), ct);
        }

        await transaction.CommitAsync(ct);
        return drafts.ToDictionary(d => d.Key, d => d.Value.Limits);
    }

    private static async Task ReadAllAsync(
        NpgsqlDataReader reader, Dictionary<ScopeId, Draft> drafts, List<SessionId> sessions, CancellationToken ct)
    {
        Action<NpgsqlDataReader>[] readers =
        [
            r => sessions.Add(new SessionId(r.GetInt64(0))),
            r => drafts[Scope(r)].AddVersion(r),
            r => drafts[Scope(r)].AddLimit(r),
            r => drafts[Scope(r)].AddAccount(r),
            r => drafts[Scope(r)].AddSettled(r),
            r => drafts[Scope(r)].AddMark(r),
            r => drafts[Scope(r)].Armed.Add(new ArmedThreshold(r.GetInt64(2), r.GetInt64(3))),
            r => drafts[Scope(r)].HandedOver.Add(HoldStore.Read(r)),
        ];
        foreach (var add in readers)
        {
            await EachAsync(reader, add, ct);
            await reader.NextResultAsync(ct);
        }
    }

    private static async Task EachAsync(NpgsqlDataReader reader, Action<NpgsqlDataReader> add, CancellationToken ct)
    {
        while (await reader.ReadAsync(ct))
            add(reader);
    }

    private static ScopeId Scope(NpgsqlDataReader r) => new((ScopeKind)r.GetInt16(0), r.GetInt64(1));

    private static NpgsqlBatchCommand BatchCommand(string sql, ScopeId[] scopes, PeriodKey fromMonth)
    {
        var command = new NpgsqlBatchCommand(sql);
        if (sql.Contains("$1", StringComparison.Ordinal))
            AddScopes(command.Parameters, scopes);
        if (sql.Contains("$3", StringComparison.Ordinal))
            command.Parameters.AddWithValue(fromMonth.Value);
        return command;
    }

    private static void AddScopes(NpgsqlParameterCollection parameters, ScopeId[] scopes)
    {
        parameters.AddWithValue(
            NpgsqlDbType.Array | NpgsqlDbType.Smallint, scopes.Select(s => (short)s.Kind).ToArray());
        parameters.AddWithValue(NpgsqlDbType.Array | NpgsqlDbType.Bigint, scopes.Select(s => s.Value).ToArray());
    }

    private sealed class Draft
    {
        private readonly ImmutableArray<Limit>.Builder _limits = ImmutableArray.CreateBuilder<Limit>();
        private readonly List<AccountSnapshot> _accounts = [];
        private readonly List<SettledSnapshot> _settled = [];
        private readonly List<ThresholdLine> _marks = [];
        private long _version;
        private long _effective;

        public long Epoch { get; set; }

        public List<ArmedThreshold> Armed { get; } = [];

        public List<HandedOverSnapshot> HandedOver { get; } = [];

        public LimitSet Limits => new(_version, _limits.ToImmutable());

        public void AddVersion(NpgsqlDataReader r) => (_version, _effective) = (r.GetInt64(2), r.GetInt64(3));

        private static long Instant(NpgsqlDataReader r, int column) =>
            r.IsDBNull(column) ? 0 : new DateTimeOffset(r.GetDateTime(column)).ToUnixTimeMilliseconds();

        public void AddLimit(NpgsqlDataReader r) => _limits.Add(new Limit(
            r.GetInt64(2),
            Scope(r),
            new MetricId(r.GetInt16(3)),
            (PeriodKind)r.GetInt16(4),
            (LimitKind)r.GetInt16(5),
            (LimitSource)r.GetInt16(6),
            r.GetInt64(7),
            r.GetInt64(8),
            Instant(r, 9),
            r.GetInt64(10),
            Instant(r, 11)));

        public void AddAccount(NpgsqlDataReader r) => _accounts.Add(new AccountSnapshot(
            new SessionId(r.GetInt64(4)),
            Counter(r, 2),
            r.GetInt64(5),
            r.GetInt64(6),
            r.GetInt64(7),
            r.GetInt64(8),
            r.GetBoolean(9)));

        public void AddSettled(NpgsqlDataReader r) =>
            _settled.Add(new SettledSnapshot(Counter(r, 2), r.GetInt64(4), r.GetInt64(5)));

        public void AddMark(NpgsqlDataReader r) => _marks.Add(new ThresholdLine(
            r.GetInt64(2),
            (LimitKind)r.GetInt16(10),
            (LimitSource)r.GetInt16(11),
            Counter(r, 3),
            (ThresholdStatus)r.GetInt16(5),
            r.GetInt64(6),
            r.GetInt64(7),
            r.GetInt64(8),
            new DateTimeOffset(r.GetDateTime(9)).ToUnixTimeMilliseconds()));

        public AuthoritySnapshot Snapshot(ScopeId scope, IReadOnlyList<SessionId> sessions) =>
            new(scope, Epoch, Limits, _effective, _accounts, _settled, _marks, Armed, sessions)
            {
                HandedOver = HandedOver,
            };

        private static CounterId Counter(NpgsqlDataReader r, int column) =>
            new(new MetricId(r.GetInt16(column)), new PeriodKey(r.GetInt32(column + 1)));
    }
}
