using Npgsql;
using NpgsqlTypes;

namespace Sluice.Bench.Peers;

/// <summary>
/// The first version a careful team would write: every request is one transaction that raises three counters under
/// their limits and inserts the event. Prepared, pooled, and in two round trips (all four statements at once, then the
/// commit).
/// </summary>
internal static class PostgresPeer
{
    private const string Schema =
        """
        create table counter (id int primary key, used bigint not null default 0, blocked bigint not null)
          with (fillfactor = 50);
        create table event (id text primary key, key int not null, tokens bigint not null,
          at timestamptz not null default now());
        """;

    private const string Raise = "update counter set used = used + $2 where id = $1 and used + $2 <= blocked";
    private const string Insert = "insert into event (id, key, tokens) values ($1, $2, $3) on conflict do nothing";

    public static async Task RunAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxPoolSize = 32,
            MaxAutoPrepare = 10,
            AutoPrepareMinUsages = 1,
        }.ConnectionString);
        await CreateSchemaAsync(source);
        await PeerHost.RunAsync((keyIndex, id, tokens) => DecideAsync(source, keyIndex, id, tokens));
    }

    private static async Task CreateSchemaAsync(NpgsqlDataSource source)
    {
        await using var create = source.CreateCommand(Schema);
        await create.ExecuteNonQueryAsync();
        await using var fill = source.CreateCommand(
            "insert into counter (id, blocked) select n, $2 from generate_series(0, $1 - 1) n");
        fill.Parameters.Add(new NpgsqlParameter<int> { TypedValue = PeerScopes.Counters });
        fill.Parameters.Add(new NpgsqlParameter<long> { TypedValue = PeerScopes.LimitTokens });
        await fill.ExecuteNonQueryAsync();
    }

    private static async ValueTask<bool> DecideAsync(NpgsqlDataSource source, int keyIndex, string id, long tokens)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var (key, project, tenant) = PeerScopes.Of(keyIndex);

        // The order is the same in every request, and the hottest row comes last: no deadlocks, and the shortest lock.
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands = { Event(id, keyIndex, tokens), Raised(key, tokens), Raised(project, tokens),
                Raised(tenant, tokens) },
        };
        await batch.ExecuteNonQueryAsync();
        var isDuplicate = batch.BatchCommands[0].RecordsAffected == 0;
        var isAllowed = batch.BatchCommands[1].RecordsAffected == 1 && batch.BatchCommands[2].RecordsAffected == 1
            && batch.BatchCommands[3].RecordsAffected == 1;
        if (isAllowed && !isDuplicate)
            await transaction.CommitAsync();
        else
            await transaction.RollbackAsync();
        return isAllowed || isDuplicate;
    }

    private static NpgsqlBatchCommand Raised(int counter, long tokens) => new(Raise)
    {
        Parameters =
        {
            new NpgsqlParameter<int> { TypedValue = counter },
            new NpgsqlParameter<long> { TypedValue = tokens },
        },
    };

    private static NpgsqlBatchCommand Event(string id, int keyIndex, long tokens) => new(Insert)
    {
        Parameters =
        {
            new NpgsqlParameter<string> { TypedValue = id, NpgsqlDbType = NpgsqlDbType.Text },
            new NpgsqlParameter<int> { TypedValue = keyIndex },
            new NpgsqlParameter<long> { TypedValue = tokens },
        },
    };
}
