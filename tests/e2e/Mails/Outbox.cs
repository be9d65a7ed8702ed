using Npgsql;
using Sluice.Metering.Metrics;
using Sluice.TestSupport.Ledger;

namespace Sluice.EndToEnd.Mails;

/// <summary>Reads threshold events and mails with SQL, and what should be among them from the ledger.</summary>
internal sealed class Outbox(string connectionString)
{
    // A deferred mail is due again within half a minute at first, or after a pause of 15 s at most.
    private const string Claimed = "state = 0 and due_at > tried_at + interval '60 s'";

    private readonly string _connectionString = connectionString + ";Pooling=false";

    /// <summary>Returns settings that send the mails of a test to <paramref name="port"/> of this machine.</summary>
    public static Dictionary<string, string> Settings(int port) => new()
    {
        ["SLUICE_SMTP"] = $"smtp://127.0.0.1:{port}?from=sluice@example.com",
        ["SLUICE_PUBLIC_URL"] = "https://sluice.example.com",
    };

    /// <summary>Returns every warning of a key that its usage in the ledger has reached, in a fixed order.</summary>
    public Task<List<FiredLimit>> ReachedAsync(CancellationToken ct) => LedgerRows.QueryAsync(
        connectionString,
        """
        with used as (
          select key_id, month, sum(units[array_position(metrics, $1)]) as used
          from ledger where kind in (0, 1, 3) group by key_id, month)
        select l.id, l.value, u.month
        from usage_limit l join used u on u.key_id = l.scope_id and u.used >= l.value
        where l.scope_kind = 3 and l.kind = 1 and l.metric = $1
        order by 1, 2, 3
        """,
        static row => new FiredLimit(row.GetInt64(0), row.GetInt64(1), row.GetInt32(2)),
        ct,
        MetricId.TextTokens.Value);

    /// <summary>Returns every event of a limit of a key that fired, repeats included, in the same order.</summary>
    public Task<List<FiredLimit>> FiredAsync(CancellationToken ct) => ReadAsync(
        "select limit_id, value, period from transition where scope_kind = 3 and kind < 2 order by 1, 2, 3",
        static row => new FiredLimit(row.GetInt64(0), row.GetInt64(1), row.GetInt32(2)),
        ct);

    public Task<List<MailRow>> MailsAsync(CancellationToken ct) => ReadAsync(
        $"select message_id, state, {Claimed}, transition_id from mail order by message_id",
        static row => new MailRow(
            row.GetString(0),
            row.GetInt16(1),
            !row.IsDBNull(2) && row.GetBoolean(2),
            row.IsDBNull(3) ? null : row.GetInt64(3)),
        ct);

    /// <summary>Ends the claims of a node that is gone, as their time limit would, without the wait.</summary>
    public Task EndClaimsAsync(IReadOnlyCollection<string> messageIds, CancellationToken ct) => ReadAsync(
        $"update mail set due_at = tried_at where message_id = any($1) and {Claimed} returning 0",
        static row => row.GetInt32(0),
        ct,
        (object)messageIds.ToArray());

    /// <summary>Returns whether sending a mail failed because the server is away.</summary>
    public async Task<bool> KnowsOfOutageAsync(CancellationToken ct) => (await ReadAsync(
        "select 1 from mail where state = 0 and last_error is not null limit 1", static row => row.GetInt32(0), ct))
        .Count > 0;

    private async Task<List<T>> ReadAsync<T>(
        string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct, params object[] values)
    {
        await using var source = NpgsqlDataSource.Create(_connectionString);
        await using var command = source.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(ct))
            rows.Add(read(reader));
        return rows;
    }
}
