using Npgsql;

namespace Sluice.Storage.Ledger;

/// <summary>
/// How long the database keeps events, whatever a node asks for: only the owner of the tables can change it.
/// </summary>
public static class LedgerRetention
{
    /// <summary>Sets the number of days. Requires the owner's connection.</summary>
    public static async Task SetAsync(NpgsqlConnection owner, int days, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "update ledger_retention set days = $1 where days <> $1", owner);
        command.Parameters.AddWithValue(days);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Reads the number of days.</summary>
    public static async Task<int> ReadAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(source);
        await using var command = source.CreateCommand("select days from ledger_retention");
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }
}
