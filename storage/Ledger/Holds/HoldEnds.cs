using Npgsql;
using NpgsqlTypes;
using Sluice.Storage.Columns;
using Sluice.Storage.Ledger.Entries;

namespace Sluice.Storage.Ledger.Holds;

/// <summary>What a batch does with reservations that its session does not hold.</summary>
internal static class HoldEnds
{
    /// <summary>
    /// Locks what the entries rest on, to the end of the transaction, and returns the reservations that are not as they
    /// were found: their session is being settled, their hold was handed over or has ended meanwhile.
    /// </summary>
    public static async Task<IReadOnlySet<Guid>> FindMovedAsync(
        NpgsqlConnection connection, IReadOnlyCollection<LedgerEntry> entries, CancellationToken ct)
    {
        await using var commands = new NpgsqlBatch(connection);
        var locks = new NpgsqlBatchCommand(HoldSql.LockSessions);
        locks.Parameters.AddWithValue(entries.Select(static e => e.Elsewhere!.Session.Value).Distinct().ToArray());
        var holds = new NpgsqlBatchCommand(HoldSql.LockHolds);
        holds.Parameters.AddWithValue(entries.Select(static e => e.Elsewhere!.Reservation).Distinct().ToArray());
        commands.BatchCommands.Add(locks);
        commands.BatchCommands.Add(holds);
        await using var reader = await commands.ExecuteReaderAsync(ct);
        var sessions = new Dictionary<long, (bool Settled, bool Locked)>();
        while (await reader.ReadAsync(ct))
            sessions.Add(reader.GetInt64(0), (reader.GetBoolean(1), reader.GetBoolean(2)));
        await reader.NextResultAsync(ct);
        var open = new HashSet<Guid>();
        while (await reader.ReadAsync(ct))
            open.Add(reader.GetGuid(0));
        return entries.Where(entry => !Fits(entry.Kind, entry.Elsewhere!)).Select(static e => e.Elsewhere!.Reservation)
            .ToHashSet();

        bool Fits(EntryKind kind, HoldElsewhere found)
        {
            // Without a row, a session was settled long ago.
            var (settled, locked) = sessions.GetValueOrDefault(found.Session.Value, (true, true));
            return locked && found.HandedOver == open.Contains(found.Reservation)
                && (kind != EntryKind.Prolong || found.HandedOver || !settled);
        }
    }

    /// <summary>Adds the statements that end or prolong handed-over holds.</summary>
    public static void Add(NpgsqlBatch commands, IReadOnlyList<LedgerEntry> entries)
    {
        List<LedgerEntry>? ended = null, prolonged = null;
        foreach (var entry in entries)
        {
            if (entry.Elsewhere is not { HandedOver: true })
                continue;
            if (entry.Kind == EntryKind.Prolong)
                (prolonged ??= []).Add(entry);
            else
                (ended ??= []).Add(entry);
        }

        if (ended is not null)
        {
            commands.BatchCommands.Add(OfIds(HoldSql.Delete, ended));
            commands.BatchCommands.Add(ChangeOf(ended));
        }

        if (prolonged is null)
            return;
        var prolong = OfIds(HoldSql.Prolong, prolonged);
        prolong.Parameters.Add(Column.Of(
            NpgsqlDbType.TimestampTz, prolonged, static e => DateTime.UnixEpoch.AddMilliseconds(e.ExpiresAtMs)));
        commands.BatchCommands.Add(prolong);
    }

    private static NpgsqlBatchCommand OfIds(string sql, List<LedgerEntry> entries)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Add(Column.Of(NpgsqlDbType.Uuid, entries, static e => e.Elsewhere!.Reservation));
        return command;
    }

    private static NpgsqlBatchCommand ChangeOf(List<LedgerEntry> ended)
    {
        var uses = ended.SelectMany(static e => e.Elsewhere!.Uses.Select(use => (e.Elsewhere.Session, Use: use)))
            .ToArray();
        var command = new NpgsqlBatchCommand(HoldSql.Change);
        var p = command.Parameters;
        p.Add(Column.Of(NpgsqlDbType.Smallint, uses, static u => (short)u.Use.Scope.Kind));
        p.Add(Column.Of(NpgsqlDbType.Bigint, uses, static u => u.Use.Scope.Value));
        p.Add(Column.Of(NpgsqlDbType.Smallint, uses, static u => u.Use.Counter.Metric.Value));
        p.Add(Column.Of(NpgsqlDbType.Integer, uses, static u => u.Use.Counter.Period.Value));
        p.Add(Column.Of(NpgsqlDbType.Bigint, uses, static u => u.Session.Value));
        p.Add(Column.Of(NpgsqlDbType.Bigint, uses, static u => u.Use.HeldUnits));
        p.Add(Column.Of(NpgsqlDbType.Bigint, uses, static u => u.Use.UsedUnits));
        return command;
    }
}
