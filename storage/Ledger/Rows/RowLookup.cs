using Npgsql;
using NpgsqlTypes;
using Sluice.Storage.Columns;
using Sluice.Storage.Ledger.Entries;

namespace Sluice.Storage.Ledger.Rows;

/// <summary>
/// Looks ids up in the ledger before blocks, which had a row for each event. Nothing is added to it; its generations
/// are dropped one after the other.
/// </summary>
internal static class RowLookup
{
    private const string Columns =
        "id, event_id, kind, fingerprint, key_id, admitted_at, expires_at, model, member, metrics, units, unpriced";

    /// <summary>Returns the statement that looks ids up in some generations.</summary>
    public static NpgsqlBatchCommand Find(IEnumerable<LedgerGeneration> generations, IReadOnlyList<Guid> ids)
    {
        var selects = generations.Select(static generation =>
            $"select {Columns} from {generation.Table} where id = any($1)");
        var command = new NpgsqlBatchCommand(string.Join(" union all ", selects));
        command.Parameters.Add(Column.Of(NpgsqlDbType.Uuid, ids, static id => id));
        return command;
    }

    /// <summary>Reads the entry of a row.</summary>
    public static FoundEntry Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetString(1),
        (EntryKind)row.GetInt16(2),
        row.GetInt64(3),
        row.GetInt64(4),
        new DateTimeOffset(row.GetDateTime(5)).ToUnixTimeMilliseconds(),
        row.IsDBNull(6) ? 0 : new DateTimeOffset(row.GetDateTime(6)).ToUnixTimeMilliseconds(),
        row.GetString(7),
        row.GetString(8),
        row.GetFieldValue<short[]>(9),
        row.GetFieldValue<long[]>(10),
        row.GetInt32(11));
}
