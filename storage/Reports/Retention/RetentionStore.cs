using Npgsql;
using Sluice.Storage.Control;
using Sluice.Storage.Ledger;
using Sluice.Storage.Ledger.Entries;

namespace Sluice.Storage.Reports.Retention;

/// <summary>
/// Deletes data that is no longer needed: whole days of the ledger, and old rows of notifications. Usage sums,
/// statements and the audit log are kept forever.
/// </summary>
public sealed class RetentionStore(NpgsqlDataSource source, LedgerPartitions partitions)
{
    /// <summary>Maximum rows per transaction, so that none takes long.</summary>
    private const int BatchMax = 5_000;

    /// <summary>Creates the partitions that the ledger needs now and next.</summary>
    public Task EnsurePartitionsAsync(DateTimeOffset now, CancellationToken ct) =>
        partitions.EnsureAsync(now.ToUnixTimeMilliseconds(), ct);

    /// <summary>
    /// Drops days of the ledger that ended before an instant. Those in which ids are looked up are always kept.
    /// </summary>
    /// <returns>The number of days, and of generations of the ledger before blocks.</returns>
    public Task<int> DropLedgerAsync(DateTimeOffset before, DateTimeOffset now, CancellationToken ct) =>
        partitions.DropAsync(
            LedgerDay.Of(before.ToUnixTimeMilliseconds()), now.ToUnixTimeMilliseconds(), ct);

    /// <summary>Deletes notifications that were dispatched before an instant and are settled.</summary>
    /// <returns>The number of rows.</returns>
    public async Task<long> DeleteToldAsync(DateTimeOffset before, CancellationToken ct)
    {
        // In this order: each refers to the next.
        string[] statements =
        [
            """
            delete from webhook_delivery where id in (
              select id from webhook_delivery where state <> 0 and created_at < @before limit @BatchMax)
            """,
            """
            delete from mail_delivery where id in (
              select d.id from mail_delivery d join mail m on m.id = d.mail_id
              where m.state <> 0 and m.created_at < @before limit @BatchMax)
            """,
            """
            delete from mail where id in (
              select id from mail m where state <> 0 and created_at < @before
                and not exists (select from mail_delivery d where d.mail_id = m.id) limit @BatchMax)
            """,
            """
            delete from transition where id in (
              select id from transition t where told_at < @before
                and not exists (select from mail m where m.transition_id = t.id)
                and not exists (select from webhook_delivery d where d.transition_id = t.id) limit @BatchMax)
            """,
        ];
        var deleted = 0L;
        await using var db = await source.OpenConnectionAsync(ct);
        foreach (var statement in statements)
            deleted += await DeleteAllAsync(db, statement, new { before, BatchMax }, ct);
        return deleted;
    }

    /// <summary>
    /// Deletes the labels of days that are over on every node's clock; they bound the sums of their own day only.
    /// </summary>
    /// <returns>The number of rows.</returns>
    public async Task<long> DeleteLabelsAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return await DeleteAllAsync(
            db,
            """
            delete from usage_label where ctid = any(array(
              select ctid from usage_label where day < @Before::date limit @BatchMax))
            """,
            new { Before = now.UtcDateTime.AddDays(-1), BatchMax },
            ct);
    }

    private static async Task<long> DeleteAllAsync(
        NpgsqlConnection db, string statement, object parameters, CancellationToken ct)
    {
        var deleted = 0L;
        int rows;
        do
        {
            rows = await db.RunAsync(statement, parameters, ct);
            deleted += rows;
        }
        while (rows == BatchMax);
        return deleted;
    }
}
