using Npgsql;
using Sluice.Metering.Identity;
using Sluice.Storage.Control.Audit;
using Sluice.Storage.Control.Metrics;

namespace Sluice.Storage.Control.Prices;

/// <summary>Lists the dated price books, and withdraws those that are not in force yet.</summary>
public sealed class PriceBookStore(NpgsqlDataSource source, TimeProvider time)
{
    private static readonly Error NotFound = new Error.NotFound("price book");

    private sealed record BookRow
    {
        public required long Id { get; init; }

        public required string Currency { get; init; }

        public required DateTimeOffset EffectiveFrom { get; init; }

        public DateTimeOffset? WithdrawnAt { get; init; }
    }

    /// <summary>
    /// Lists the books of a currency, or of all, the latest first. A book that another one of the same instant replaced
    /// is not among them, and neither is one that was withdrawn.
    /// </summary>
    public async Task<IReadOnlyList<PriceBookEdition>> ListAsync(string? currency, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return await db.ListAsync<PriceBookEdition>(
            """
            select b.id, b.effective_from as EffectiveFrom, b.currency, b.created_at as CreatedAt,
                   b.effective_from <= @Now and not exists (
                     select from price_book later
                     where later.currency = b.currency and later.withdrawn_at is null
                       and later.effective_from > b.effective_from and later.effective_from <= @Now) as IsInForce,
                   (select count(*) from price p where p.book_id = b.id)::integer as Prices
            from price_book b
            where b.withdrawn_at is null and (@currency::text is null or b.currency = @currency)
              and not exists (
                select from price_book newer
                where newer.currency = b.currency and newer.effective_from = b.effective_from
                  and newer.withdrawn_at is null and newer.id > b.id)
            order by b.effective_from desc, b.currency, b.id desc
            """,
            new { currency, Now = time.GetUtcNow() },
            ct);
    }

    /// <summary>
    /// Withdraws a book that is not in force yet, and those of the same instant that it replaced. Idempotent; refused
    /// once it is in force, because usage is rated by it.
    /// </summary>
    public async Task<Result<long>> WithdrawAsync(UnitOfWork tx, long bookId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(tx);
        var db = await tx.OpenAsync(ct);
        // A book for the same instant, written at the same time, would come into force all the same.
        await PriceBookLock.TakeAsync(db, ct);
        var found = await db.FindAsync<BookRow>(
            """
            select id, currency, effective_from as EffectiveFrom, withdrawn_at as WithdrawnAt
            from price_book where id = @bookId
            """,
            new { bookId },
            ct);
        if (found is null)
            return NotFound;
        if (found.WithdrawnAt is not null)
            return found.Id;
        if (found.EffectiveFrom <= tx.Now)
        {
            return new Error.Conflict(
                $"The price book has been in force since {found.EffectiveFrom:u}; publish another one instead.",
                IdText.Format(IdText.PriceBook, found.Id));
        }

        var catalogue = await MetricRows.ReadAsync(db, ct);
        var before = PriceBookState.Of(
            await PriceStore.BookOfAsync(
                db,
                "where currency = @Currency and effective_from = @EffectiveFrom and withdrawn_at is null "
                    + "order by id desc limit 1",
                new { found.Currency, found.EffectiveFrom },
                ct),
            catalogue);
        await db.RunAsync(
            """
            update price_book set withdrawn_at = @Now
            where currency = @Currency and effective_from = @EffectiveFrom and withdrawn_at is null
            """,
            new { tx.Now, found.Currency, found.EffectiveFrom },
            ct);
        await AuditLog.AppendAsync(tx, new("prices.withdrawn", null, found.Currency, before, null), ct);
        return found.Id;
    }
}
