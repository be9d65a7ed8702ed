using Npgsql;
using Sluice.Metering.Identity;
using Sluice.Metering.Periods;
using Sluice.Storage.Ledger.Blocks;
using Sluice.Storage.Ledger.Entries;
using Sluice.Storage.Ledger.Rows;

namespace Sluice.Storage.Reports.Reconciliation;

/// <summary>
/// Adds up the events of a month by tenant and metric, as far as accounts and sums reach: of a session that runs, both
/// say up to which batch they do.
/// </summary>
internal sealed class LedgerSums
{
    private readonly Dictionary<SessionId, long> _checkpoints = [];
    private readonly Dictionary<(SessionId Session, long TenantId, short Metric), long> _accounts = [];
    private readonly Dictionary<(long TenantId, short Metric), (long Counted, long Summed)> _sums = [];

    /// <summary>Adds up a month. To be called in a transaction with one snapshot.</summary>
    public static async Task<IReadOnlyDictionary<(long TenantId, short Metric), (long Counted, long Summed)>> ReadAsync(
        NpgsqlConnection connection, PeriodKey month, long? tenantId, CancellationToken ct)
    {
        var sums = new LedgerSums();
        await sums.ReadReachAsync(connection, month, ct);
        await foreach (var row in RowReader.MonthAsync(connection, month.Value, ct))
            sums.Add(row.Session, row.Batch, row.Entry, tenantId);
        var first = new DateOnly(month.Value / 100, month.Value % 100, 1);
        var blocks = LedgerReader.DaysAsync(
            connection, first.AddDays(-LedgerReader.DaysApart), first.AddMonths(1).AddDays(LedgerReader.DaysApart), ct);
        await foreach (var block in blocks)
        {
            foreach (var entry in block.Read())
            {
                if (entry.Counts && entry.Month == month.Value)
                    sums.Add(block.Header.Session, block.Header.Batch, entry, tenantId);
            }
        }

        return sums._sums;
    }

    private async Task ReadReachAsync(NpgsqlConnection connection, PeriodKey month, CancellationToken ct)
    {
        await using (var sessions = new NpgsqlCommand(
            "select id, checkpoint from edge_session where settled_at is null", connection))
        {
            await using var reader = await sessions.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
                _checkpoints.Add(new SessionId(reader.GetInt64(0)), reader.GetInt64(1));
        }

        await using var accounts = new NpgsqlCommand(
            "select session_id, scope_id, metric, batch from usage_account where scope_kind = 0 and period = $1",
            connection);
        accounts.Parameters.AddWithValue(month.Value);
        await using var account = await accounts.ExecuteReaderAsync(ct);
        while (await account.ReadAsync(ct))
        {
            var of = (new SessionId(account.GetInt64(0)), account.GetInt64(1), account.GetInt16(2));
            _accounts.Add(of, account.GetInt64(3));
        }
    }

    private void Add(SessionId session, long batch, LedgerEntry entry, long? tenantId)
    {
        if (tenantId is not null && entry.TenantId != tenantId)
            return;
        var runs = _checkpoints.TryGetValue(session, out var checkpoint);
        for (var line = 0; line < entry.Charge.Count; line++)
        {
            var (metric, units) = (entry.Charge.MetricAt(line).Value, entry.Charge.UnitsAt(line));
            var summed = !runs || batch <= checkpoint;
            var isInAccount = summed || batch <= _accounts.GetValueOrDefault((session, entry.TenantId, metric));
            // What a commit counts where its hold is, is there with its batch.
            var counted = isInAccount ? units : units - entry.UnitsInAccount(ScopeKind.Tenant, line, PeriodKind.Month);
            var before = _sums.GetValueOrDefault((entry.TenantId, metric));
            _sums[(entry.TenantId, metric)] = (before.Counted + counted, before.Summed + (summed ? units : 0));
        }
    }
}
