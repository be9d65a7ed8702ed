using Npgsql;
using Xunit;

namespace Sluice.Storage.Ledger;

/// <summary>Holds the locks that a statement takes until it is disposed.</summary>
internal sealed class LockHold : IAsyncDisposable
{
    private readonly NpgsqlConnection _holder;

    private LockHold(NpgsqlConnection holder) => _holder = holder;

    /// <param name="database">The database.</param>
    /// <param name="sql">A statement whose parameter $1, if any, is <paramref name="value"/>.</param>
    /// <param name="value">The parameter.</param>
    public static async Task<LockHold> TakeAsync(MeteringDatabase database, string sql, long value)
    {
        var holder = await database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var begin = new NpgsqlCommand("begin", holder);
        await begin.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, holder);
        command.Parameters.AddWithValue(value);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return new LockHold(holder);
    }

    public async ValueTask DisposeAsync()
    {
        await using (var command = new NpgsqlCommand("rollback", _holder))
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        await _holder.DisposeAsync();
    }
}
