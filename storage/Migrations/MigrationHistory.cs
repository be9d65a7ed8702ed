using System.Data;
using Npgsql;

namespace Sluice.Storage.Migrations;

/// <summary>The table <c>schema_migration</c>: the migrations applied to this database.</summary>
internal sealed class MigrationHistory(NpgsqlConnection connection)
{
    /// <summary>"SluiceMi" in ASCII: the advisory lock of the migrations, one per database.</summary>
    private const long LockKey = 0x536C756963654D69;

    /// <summary>
    /// Disables the command timeout: a runner waits while another one migrates, or until it is cancelled.
    /// </summary>
    private const int NoTimeoutSeconds = 0;

    private const string CreateTable = """
        create table schema_migration (
          number      integer     primary key check (number between 1 and 9999),
          name        text        not null,
          checksum    text        not null check (checksum ~ '^[0-9a-f]{64}$'),
          applied_at  timestamptz not null default now()
        )
        """;

    /// <summary>Begins a transaction that holds the migrations' lock until its end.</summary>
    public async Task<NpgsqlTransaction> BeginAsync(CancellationToken cancellationToken)
    {
        // Read committed, whatever the database's default: the read of the history must see what the previous runner
        // committed while this one waited for the lock.
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        try
        {
            await using var take = Command("select pg_advisory_xact_lock($1)");
            take.Parameters.Add(new NpgsqlParameter<long> { TypedValue = LockKey });
            await take.ExecuteNonQueryAsync(cancellationToken);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads the applied migrations, by number.</summary>
    public async Task<IReadOnlyList<AppliedMigration>> ReadAsync(CancellationToken cancellationToken)
    {
        await EnsureTableAsync(cancellationToken);
        await using var read = Command("select number, name, checksum from schema_migration order by number");
        await using var rows = await read.ExecuteReaderAsync(cancellationToken);
        var history = new List<AppliedMigration>();
        while (await rows.ReadAsync(cancellationToken))
            history.Add(new AppliedMigration(rows.GetInt32(0), rows.GetString(1), rows.GetString(2)));
        return history;
    }

    /// <summary>Runs the statements of <paramref name="migration"/> and records it as applied.</summary>
    /// <exception cref="MigrationException">The statements ended their transaction.</exception>
    public async Task ApplyAsync(Migration migration, CancellationToken cancellationToken)
    {
        var ours = await TransactionIdAsync(cancellationToken);
        await using (var statements = Command(migration.Sql))
            await statements.ExecuteNonQueryAsync(cancellationToken);
        if (!string.Equals(ours, await TransactionIdAsync(cancellationToken), StringComparison.Ordinal))
        {
            throw new MigrationException(
                MigrationProblem.Failed,
                $"Migration {migration} commits or rolls back by itself, so it can't be applied as a whole. " +
                "Take its transaction commands out.");
        }

        await using var note = Command("insert into schema_migration (number, name, checksum) values ($1, $2, $3)");
        note.Parameters.Add(new NpgsqlParameter<int> { TypedValue = migration.Number });
        note.Parameters.Add(new NpgsqlParameter<string> { TypedValue = migration.Name });
        note.Parameters.Add(new NpgsqlParameter<string> { TypedValue = migration.Checksum });
        await note.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<string?> TransactionIdAsync(CancellationToken cancellationToken)
    {
        await using var ask = Command("select pg_current_xact_id()::text");
        return await ask.ExecuteScalarAsync(cancellationToken) as string;
    }

    private async Task EnsureTableAsync(CancellationToken cancellationToken)
    {
        // Check first: `if not exists` would need the right to create even if nothing is to be created.
        await using var find = Command("select to_regclass('schema_migration') is not null");
        if (await find.ExecuteScalarAsync(cancellationToken) is true)
            return;
        await using var create = Command(CreateTable);
        await create.ExecuteNonQueryAsync(cancellationToken);
    }

    private NpgsqlCommand Command(string sql) => new(sql, connection) { CommandTimeout = NoTimeoutSeconds };
}
