using System.Runtime.CompilerServices;
using Npgsql;
using Sluice.Metering.Identity;

namespace Sluice.Storage.Ledger.Blocks;

/// <summary>Reads the blocks of the ledger one by one, so that memory holds few of them.</summary>
internal static class LedgerReader
{
    /// <summary>
    /// How many days a batch may be written after its first event was admitted, or before it by another clock: events
    /// that were answered from memory wait while the store is away.
    /// </summary>
    public const int DaysApart = 2;

    /// <summary>Reads the blocks that a session has written after a batch, in their order.</summary>
    public static IAsyncEnumerable<StoredBlock> TailAsync(
        NpgsqlConnection connection, SessionId session, long after, CancellationToken ct) => ReadAsync(
        connection,
        $"select {BlockStore.Columns} from ledger_block where session_id = $1 and batch > $2 order by batch",
        [session.Value, after],
        ct);

    /// <summary>Reads the blocks of some days, in no order.</summary>
    public static IAsyncEnumerable<StoredBlock> DaysAsync(
        NpgsqlConnection connection, DateOnly first, DateOnly last, CancellationToken ct) => ReadAsync(
        connection,
        $"select {BlockStore.Columns} from ledger_block where day between $1 and $2",
        [first, last],
        ct);

    private static async IAsyncEnumerable<StoredBlock> ReadAsync(
        NpgsqlConnection connection,
        string sql,
        object[] parameters,
        [EnumeratorCancellation] CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        // A month of a large ledger takes long, and its caller limits the time of statements.
        command.CommandTimeout = 0;
        foreach (var parameter in parameters)
            command.Parameters.AddWithValue(parameter);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            yield return BlockStore.Read(reader);
    }
}
