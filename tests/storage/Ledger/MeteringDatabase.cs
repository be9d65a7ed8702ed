using Npgsql;
using Sluice.Metering.Identity;
using Sluice.Storage.Ledger.Blocks;
using Sluice.Storage.Ledger.Entries;
using Sluice.Storage.Ledger.Sessions;
using Sluice.TestSupport.Postgres;
using Xunit;

namespace Sluice.Storage.Ledger;

/// <summary>A database with the program's schema and the ledger's partitions of one instant.</summary>
public sealed class MeteringDatabase(PostgresFixture postgres) : IAsyncLifetime
{
    /// <summary>An instant in the middle of a generation: 2026-07-15T00:00Z.</summary>
    public const long NowMs = 1_784_073_600_000;

    private string _connectionString = "";

    /// <summary>The program's own source: with the service's role.</summary>
    public NpgsqlDataSource Source { get; private set; } = null!;

    /// <summary>The source of what a test arranges, which the program may not do.</summary>
    public NpgsqlDataSource Owner { get; private set; } = null!;

    public LedgerPartitions Partitions => new(Source);

    public SessionStore Sessions => new(Source);

    /// <summary>The node that opens this class's sessions.</summary>
    public NodeIdentity Node { get; } = new(Guid.NewGuid(), "test");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _connectionString = await postgres.CreateReadyDatabaseAsync();
        Source = NpgsqlDataSource.Create(_connectionString);
        Owner = NpgsqlDataSource.Create(PostgresCluster.AsOwner(_connectionString));
        await Partitions.EnsureAsync(NowMs, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await Owner.DisposeAsync();
    }

    public Task<SessionId> OpenSessionAsync() => Sessions.OpenAsync(Node, new SessionEdge("test", null), Cancellation);

    public LedgerConnection Connect(SessionId session) => new(Source, Partitions, session);

    /// <summary>Returns a separate data source, which <c>pg_stat_activity</c> shows under a name.</summary>
    public NpgsqlDataSource Named(string name) => NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(_connectionString) { ApplicationName = name }.ConnectionString);

    /// <summary>Returns a relay to this database that can be broken.</summary>
    public PostgresRelay Relay() => new(_connectionString);

    /// <summary>Begins and commits a batch in one go.</summary>
    public async Task WriteAsync(
        SessionId session, long batch, IReadOnlyList<LedgerEntry> entries, Checkpoint? checkpoint = null)
    {
        await using var ledger = Connect(session);
        await ledger.BeginAsync([], all: false, NowMs, Cancellation);
        await ledger.CommitAsync(batch, entries, checkpoint, 0, Cancellation);
    }

    /// <summary>Adds sums of a session that reach to a batch.</summary>
    public Task AddSumsAsync(SessionId session, long from, long to, params IReadOnlyList<RollupLine> lines) =>
        new SumConnection(Source, session).AddAsync(
            lines, new LabelsOfDay(default, []), from, to, TimeSpan.FromSeconds(30), Cancellation);

    /// <summary>Arranges something, as the owner.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var command = Owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    /// <summary>Returns every row as one text, columns joined by a bar.</summary>
    public async Task<IReadOnlyList<string>> RowsAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var rows = new List<string>();
        while (await reader.ReadAsync(Cancellation))
        {
            var values = new object[reader.FieldCount];
            reader.GetValues(values);
            rows.Add(string.Join('|', values));
        }

        return rows;
    }

    /// <summary>Reads the blocks of a session, in their order.</summary>
    public async Task<IReadOnlyList<StoredBlock>> BlocksAsync(SessionId session)
    {
        await using var connection = await Source.OpenConnectionAsync(Cancellation);
        var blocks = new List<StoredBlock>();
        await foreach (var block in LedgerReader.TailAsync(connection, session, 0, Cancellation))
            blocks.Add(block);
        return blocks;
    }

    public async Task<bool> HasEntryAsync(Guid id) =>
        await ScalarAsync<bool>($"select exists (select from event_id where id = '{id}')");

    /// <summary>Polls until a condition holds on the server; the test's own timeout ends it.</summary>
    public async Task UntilAsync(string condition)
    {
        while (!await ScalarAsync<bool>($"select {condition}"))
            Cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>Waits until some statements of this database wait for a lock.</summary>
    public Task UntilALockIsAwaitedAsync(int waiting = 1) => UntilAsync(
        $"""
         {waiting} <= (select count(*) from pg_stat_activity
           where datname = current_database() and wait_event_type = 'Lock')
         """);

    /// <summary>Ends the server's side of a named data source, as an administrator or a crash would.</summary>
    public Task KillAsync(string name) => ScalarAsync<bool>(
        $"""
         select bool_and(pg_terminate_backend(pid, 10000)) from pg_stat_activity
         where application_name = '{name}' and datname = current_database()
         """);
}
