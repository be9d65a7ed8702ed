using Npgsql;
using NpgsqlTypes;
using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Holds;
using Sluice.Metering.Metrics;
using Sluice.Storage.Columns;
using Sluice.Storage.Ledger.Entries;
using Sluice.Storage.Ledger.Holds;
using Sluice.Storage.Ledger.Ids;
using Sluice.Storage.Ledger.Index;

namespace Sluice.Storage.Ledger.Sessions;

/// <summary>
/// The reservations of a session that is being settled which have not ended, as the ledger has them: its own blocks,
/// and what other sessions have written about them. They are handed over to its lines.
/// </summary>
internal sealed class OpenHolds
{
    /// <summary>How many holds one statement writes.</summary>
    private const int WriteMax = 5_000;

    private readonly Dictionary<(long KeyId, string EventId), Hold> _open = [];

    /// <summary>Follows an entry of the session, in the order of its blocks.</summary>
    public void Add(LedgerEntry entry)
    {
        var name = (entry.KeyId, entry.EventId);
        switch (entry.Kind)
        {
            case EntryKind.Reserve:
                _open[name] = new Hold(entry);
                break;
            case EntryKind.Prolong when _open.TryGetValue(name, out var prolonged):
                prolonged.Prolong(entry.ExpiresAtMs);
                break;
            case EntryKind.Commit or EntryKind.Release or EntryKind.Expire:
                _open.Remove(name);
                break;
        }
    }

    /// <summary>Follows what other sessions have written.</summary>
    public async Task LookUpAsync(NpgsqlConnection connection, long nowMs, CancellationToken ct)
    {
        var left = _open.Values.ToList();
        if (left.Count == 0)
            return;
        var parts = await IdParts.ReadAsync(connection, nowMs, ct);
        while (left.Count > 0)
        {
            var keys = new Dictionary<Guid, (EventKey Key, Hold Hold)>();
            foreach (var hold in left)
            {
                foreach (var key in (EventKey[])[hold.EndKey, hold.NextKey])
                    keys.TryAdd(key.Id, (key, hold));
            }

            var found = await new EventLookup(connection, parts, nowMs)
                .FindAsync([.. keys.Values.Select(static k => k.Key)], all: true, ct);
            left = [];
            foreach (var entry in found)
            {
                var hold = keys[entry.Id].Hold;
                if (entry.Kind != EntryKind.Prolong)
                {
                    _open.Remove((hold.Entry.KeyId, hold.Entry.EventId));
                    continue;
                }

                // The next prolongation, if any, is looked up in turn.
                hold.Prolong(entry.ExpiresAtMs);
                left.Add(hold);
            }
        }
    }

    /// <summary>Adds the statements that hand the holds over.</summary>
    public void AddHandOver(NpgsqlBatch commands, SessionId session)
    {
        var holds = _open.Values.Where(static hold => hold.Lines.Count > 0).ToArray();
        if (holds.Length == 0)
            return;
        foreach (var some in holds.Chunk(WriteMax))
            commands.BatchCommands.Add(HandOverOf(session, some));
        var sums = holds.SelectMany(static hold => hold.Lines).GroupBy(static line => (line.Scope, line.Counter))
            .Select(static g => (
                g.Key.Scope, g.Key.Counter, Open: g.Count(), Held: g.Sum(static l => l.Units),
                Rights: g.Sum(static l => l.RightsUnits)))
            .ToArray();
        var lines = OfSession(HoldSql.Lines, session);
        AddCounters(lines, sums, static s => s.Scope, static s => s.Counter);
        lines.Parameters.Add(Column.Of(NpgsqlDbType.Integer, sums, static s => s.Open));
        lines.Parameters.Add(Column.Of(NpgsqlDbType.Bigint, sums, static s => s.Held));
        commands.BatchCommands.Add(lines);
        var rights = OfSession(HoldSql.Rights, session);
        AddCounters(rights, sums, static s => s.Scope, static s => s.Counter);
        rights.Parameters.Add(Column.Of(NpgsqlDbType.Bigint, sums, static s => s.Rights));
        commands.BatchCommands.Add(rights);
    }

    private static NpgsqlBatchCommand HandOverOf(SessionId session, Hold[] holds)
    {
        var command = OfSession(HoldSql.HandOver, session);
        var lines = holds.SelectMany(static (hold, i) => hold.Lines.Select(line => (Number: i + 1, Line: line)))
            .ToArray();
        command.Parameters.Add(Column.Of(NpgsqlDbType.Uuid, holds, static hold => hold.Entry.Id));
        command.Parameters.Add(Column.Of(
            NpgsqlDbType.TimestampTz, holds, static hold => DateTime.UnixEpoch.AddMilliseconds(hold.ExpiresAtMs)));
        command.Parameters.Add(Column.Of(NpgsqlDbType.Integer, lines, static l => l.Number));
        AddCounters(command, lines, static l => l.Line.Scope, static l => l.Line.Counter);
        command.Parameters.Add(Column.Of(NpgsqlDbType.Bigint, lines, static l => l.Line.RightsUnits));
        command.Parameters.Add(Column.Of(NpgsqlDbType.Bigint, lines, static l => l.Line.ExtraUnits));
        return command;
    }

    private static void AddCounters<T>(
        NpgsqlBatchCommand command, T[] rows, Func<T, ScopeId> scopeOf, Func<T, CounterId> counterOf)
    {
        var p = command.Parameters;
        p.Add(Column.Of(NpgsqlDbType.Smallint, rows, row => (short)scopeOf(row).Kind));
        p.Add(Column.Of(NpgsqlDbType.Bigint, rows, row => scopeOf(row).Value));
        p.Add(Column.Of(NpgsqlDbType.Smallint, rows, row => counterOf(row).Metric.Value));
        p.Add(Column.Of(NpgsqlDbType.Integer, rows, row => counterOf(row).Period.Value));
    }

    private static NpgsqlBatchCommand OfSession(string sql, SessionId session)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = session.Value });
        return command;
    }

    private sealed class Hold(LedgerEntry entry)
    {
        private readonly EventKey _key = EventIds.OfReservation(entry.KeyId, entry.EventId);
        private int _prolongations;

        public LedgerEntry Entry => entry;

        public long ExpiresAtMs { get; private set; } = entry.ExpiresAtMs;

        /// <summary>Gets the key of its commit or release.</summary>
        public EventKey EndKey { get; } = EventIds.OfEnd(entry.KeyId, entry.EventId);

        /// <summary>Gets the key of its next prolongation, or of its expiry.</summary>
        public EventKey NextKey => EventIds.OfProlongation(_key, _prolongations + 1);

        /// <summary>Gets what is held in each counter.</summary>
        public IReadOnlyList<HoldLine> Lines { get; } =
        [
            .. entry.Shares.Select(share => new HoldLine(
                entry.ScopeOf(share),
                entry.CounterOf(share),
                share.Units,
                entry.Charge.UnitsAt(share.Line) - share.Units)),
        ];

        public void Prolong(long expiresAtMs)
        {
            _prolongations++;
            ExpiresAtMs = Math.Max(ExpiresAtMs, expiresAtMs);
        }
    }
}
