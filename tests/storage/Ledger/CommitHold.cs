using Npgsql;
using Sluice.Storage.Ledger.Entries;
using Xunit;

namespace Sluice.Storage.Ledger;

/// <summary>
/// Keeps transactions that wrote to the ledger from ending their commit until it is disposed: everything before the
/// commit has happened, and the commit waits.
/// </summary>
internal sealed class CommitHold : IAsyncDisposable
{
    private const int LockNumber = 77;

    private static readonly string Table = $"ledger_block_{LedgerDay.Of(MeteringDatabase.NowMs):yyyyMMdd}";

    private readonly MeteringDatabase _database;
    private readonly NpgsqlConnection _holder;

    private CommitHold(MeteringDatabase database, NpgsqlConnection holder)
    {
        _database = database;
        _holder = holder;
    }

    public static async Task<CommitHold> TakeAsync(MeteringDatabase database)
    {
        await database.ExecuteAsync(
            $"""
             create or replace function wait_at_commit() returns trigger language plpgsql as $$
             begin perform pg_advisory_xact_lock_shared({LockNumber}); return null; end $$;
             create constraint trigger wait_at_commit after insert on {Table}
               deferrable initially deferred for each row execute function wait_at_commit();
             """);
        var holder = await database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await RunAsync(holder, $"select pg_advisory_lock({LockNumber})");
        return new CommitHold(database, holder);
    }

    public Task ReleaseAsync() => RunAsync(_holder, "select pg_advisory_unlock_all()");

    public async ValueTask DisposeAsync()
    {
        await ReleaseAsync();
        await _holder.DisposeAsync();
        await _database.ExecuteAsync(
            $"drop trigger wait_at_commit on {Table}");
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
