using Npgsql;
using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Storage.Ledger.Blocks;
using Sluice.Storage.Ledger.Entries;

namespace Sluice.Storage.Control.Seats;

/// <summary>
/// The credits that seats have used in a month: their accounts, and what the ledger holds beyond them, so that no
/// credit counts twice or not at all. An account is as of its own batch, and at least as of its session's checkpoint.
/// </summary>
internal static class SeatUsage
{
    /// <summary>One statement, so that accounts and blocks are of one snapshot.</summary>
    private const string AccountsAndBlocks =
        """
        select a.session_id, a.batch, a.scope_id, a.used + a.extra, null::bytea from usage_account a
        where a.scope_kind = $1 and a.metric = $2 and a.period = $3
          and a.scope_id in (select id from seat where subscription_id = $4)
        union all
        select 0, 0, u.scope_id, u.used, null from settled_usage u
        where u.scope_kind = $1 and u.metric = $2 and u.period = $3
          and u.scope_id in (select id from seat where subscription_id = $4)
        union all
        select 0, 0, h.scope_id, h.used, null from hold_line h
        where h.scope_kind = $1 and h.metric = $2 and h.period = $3
          and h.scope_id in (select id from seat where subscription_id = $4)
        union all
        select b.session_id, b.batch, 0, 0, b.body from edge_session e
        join ledger_block b on b.session_id = e.id and b.batch > e.checkpoint
        where e.settled_at is null
        """;

    private const string Seats = "select id from seat where subscription_id = $1";

    /// <summary>Adds up the seats of a subscription; those without usage may be left out.</summary>
    public static async Task<IReadOnlyDictionary<long, long>> ReadAsync(
        NpgsqlConnection connection, long subscriptionId, PeriodKey month, CancellationToken ct)
    {
        var seats = await ReadSeatsAsync(connection, subscriptionId, ct);
        var used = new Dictionary<long, long>();
        var reach = new Dictionary<(long Session, long Seat), long>();
        var tails = new List<(long Session, long Batch, byte[] Body)>();
        await using var command = new NpgsqlCommand(AccountsAndBlocks, connection);
        command.Parameters.AddWithValue((short)ScopeKind.Seat);
        command.Parameters.AddWithValue(MetricId.Credits.Value);
        command.Parameters.AddWithValue(month.Value);
        command.Parameters.AddWithValue(subscriptionId);
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                var (session, batch, seat) = (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
                if (!reader.IsDBNull(4))
                {
                    tails.Add((session, batch, reader.GetFieldValue<byte[]>(4)));
                    continue;
                }

                Add(seat, reader.GetInt64(3));
                reach[(session, seat)] = batch;
            }
        }

        foreach (var (session, batch, body) in tails)
        {
            foreach (var entry in BlockReader.Read(body))
            {
                if (entry.Counts && entry.Month == month.Value && seats.Contains(entry.SeatId)
                    && batch > reach.GetValueOrDefault((session, entry.SeatId)))
                {
                    Add(entry.SeatId, CreditsOf(entry));
                }
            }
        }

        return used;

        void Add(long seat, long units) => used[seat] = used.GetValueOrDefault(seat) + units;
    }

    private static async Task<HashSet<long>> ReadSeatsAsync(
        NpgsqlConnection connection, long subscriptionId, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Seats, connection);
        command.Parameters.AddWithValue(subscriptionId);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var seats = new HashSet<long>();
        while (await reader.ReadAsync(ct))
            seats.Add(reader.GetInt64(0));
        return seats;
    }

    private static long CreditsOf(LedgerEntry entry)
    {
        var units = 0L;
        for (var line = 0; line < entry.Charge.Count; line++)
        {
            if (entry.Charge.MetricAt(line) == MetricId.Credits)
                units += entry.UnitsInAccount(ScopeKind.Seat, line, PeriodKind.Month);
        }

        return units;
    }
}
