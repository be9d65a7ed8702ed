using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;
using Sluice.Metering.Identity;
using Sluice.Storage.Columns;

namespace Sluice.Storage.Ledger.Blocks;

/// <summary>Statements that read blocks, and the blocks of their rows.</summary>
internal static class BlockStore
{
    /// <summary>The columns of a block, in the order in which they are read.</summary>
    public const string Columns = "day, session_id, batch, first_at, last_at, events, previous, digest, body";

    private const string AtPlaces =
        $"""
        select {Columns} from ledger_block
        where day = $1 and (session_id, batch) in (select * from unnest($2::bigint[], $3::bigint[]))
        """;

    /// <summary>Reads the block of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="first">The number of the first column.</param>
    public static StoredBlock Read(NpgsqlDataReader row, int first = 0) => new(
        row.GetFieldValue<DateOnly>(first),
        new BlockHeader(
            new SessionId(row.GetInt64(first + 1)),
            row.GetInt64(first + 2),
            row.GetInt64(first + 3),
            row.GetInt64(first + 4),
            row.GetInt32(first + 5)),
        row.GetFieldValue<byte[]>(first + 6),
        row.GetFieldValue<byte[]>(first + 7),
        row.GetFieldValue<byte[]>(first + 8));

    /// <summary>Reads the blocks at some places, in no order; those that are not there are left out.</summary>
    public static async IAsyncEnumerable<StoredBlock> ReadAsync(
        NpgsqlConnection connection,
        IEnumerable<BlockPlace> places,
        [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var day in places.Distinct().GroupBy(static place => place.Day))
        {
            var ofDay = day.ToArray();
            await using var command = new NpgsqlCommand(AtPlaces, connection);
            command.Parameters.AddWithValue(day.Key);
            command.Parameters.Add(Column.Of(NpgsqlDbType.Bigint, ofDay, static place => place.Session.Value));
            command.Parameters.Add(Column.Of(NpgsqlDbType.Bigint, ofDay, static place => place.Batch));
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
                yield return Read(reader);
        }
    }
}
