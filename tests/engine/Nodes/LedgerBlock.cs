using Npgsql;
using Sluice.Metering.Identity;
using Xunit;

namespace Sluice.Engine.Nodes;

/// <summary>Locks the row of a session, so that its batches wait before they commit.</summary>
internal sealed class LedgerBlock : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;

    private LedgerBlock(NpgsqlConnection connection) => _connection = connection;

    public static async Task<LedgerBlock> TakeAsync(TestStore store, SessionId session)
    {
        // A connection of its own: closing it ends the lock whatever happens.
        var connection = new NpgsqlConnection(store.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(
            $"begin; select 1 from edge_session where id = {session.Value} for update", connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return new LedgerBlock(connection);
    }

    public async ValueTask DisposeAsync()
    {
        await using (var command = new NpgsqlCommand("rollback", _connection))
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        await _connection.DisposeAsync();
    }
}
