using Npgsql;
using Sluice.Storage.Control.Audit;
using Sluice.Storage.Control.Metrics;

namespace Sluice.Storage.Control.Prices;

/// <summary>Stores the operator's dated price books. Books never change: rated usage stays rated.</summary>
public sealed class PriceStore(NpgsqlDataSource source)
{
    private const string InForceFirst =
        """
        where withdrawn_at is null and (@currency::text is null or currency = @currency)
        order by effective_from <= @at desc,
                 case when effective_from <= @at then effective_from end desc, effective_from, id desc
        limit 1
        """;

    private sealed record BookRow
    {
        public required long Id { get; init; }

        public required DateTimeOffset EffectiveFrom { get; init; }

        public required string Currency { get; init; }
    }

    /// <summary>
    /// Adds a book, which replaces one of the same currency and instant. Adding the same book twice has no effect.
    /// </summary>
    public async Task<StoredPriceBook> PutAsync(UnitOfWork tx, StoredPriceBook book, CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        // Two books for the same instant, written at once, would each seem to replace the one before.
        await PriceBookLock.TakeAsync(db, ct);
        var before = await BookOfAsync(
            db,
            "where currency = @Currency and effective_from = @EffectiveFrom and withdrawn_at is null "
                + "order by id desc limit 1",
            new { book.Currency, book.EffectiveFrom },
            ct);
        if (before is not null && before.Prices.ToHashSet().SetEquals(book.Prices))
            return before;

        var id = await db.FindAsync<long>(
            """
            insert into price_book (effective_from, currency, created_at) values (@EffectiveFrom, @Currency, @Now)
            returning id
            """,
            new { book.EffectiveFrom, book.Currency, tx.Now },
            ct);
        await db.RunAsync(
            """
            insert into price (book_id, model, metric, per_units, amount_micros, credits_micros)
            select @id, * from unnest(@Models, @Metrics, @PerUnits, @Amounts, @Credits)
            """,
            new
            {
                id,
                Models = book.Prices.Select(static price => price.Model).ToArray(),
                Metrics = book.Prices.Select(static price => price.Metric).ToArray(),
                PerUnits = book.Prices.Select(static price => price.PerUnits).ToArray(),
                Amounts = book.Prices.Select(static price => price.AmountMicros).ToArray(),
                Credits = book.Prices.Select(static price => price.CreditsMicros).ToArray(),
            },
            ct);
        var catalogue = await MetricRows.ReadAsync(db, ct);
        var entry = new AuditEntry(
            "prices.put",
            null,
            book.Currency,
            PriceBookState.Of(before, catalogue),
            PriceBookState.Of(book, catalogue));
        await AuditLog.AppendAsync(tx, entry, ct);
        return book;
    }

    /// <summary>Finds the book in force at an instant; if there is none yet, the first to come into force.</summary>
    /// <param name="currency">The currency; null for that of the book that came into force last.</param>
    /// <param name="at">The instant.</param>
    /// <param name="ct">Cancels the query.</param>
    public async Task<StoredPriceBook?> FindAsync(string? currency, DateTimeOffset at, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return await BookOfAsync(db, InForceFirst, new { currency, at }, ct);
    }

    /// <summary>Finds the same book; no other action adds or withdraws one until this one ends.</summary>
    public async Task<StoredPriceBook?> LockAsync(
        UnitOfWork tx, string? currency, DateTimeOffset at, CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        await PriceBookLock.TakeAsync(db, ct);
        return await BookOfAsync(db, InForceFirst, new { currency, at }, ct);
    }

    internal static async Task<StoredPriceBook?> BookOfAsync(
        NpgsqlConnection db, string condition, object values, CancellationToken ct)
    {
        var book = await db.FindAsync<BookRow>(
            $"select id, effective_from as EffectiveFrom, currency from price_book {condition}", values, ct);
        if (book is null)
            return null;
        var prices = await db.ListAsync<StoredPrice>(
            """
            select model, metric, per_units as PerUnits, amount_micros as AmountMicros, credits_micros as CreditsMicros
            from price where book_id = @Id order by model, metric
            """,
            new { book.Id },
            ct);
        return new(book.EffectiveFrom, book.Currency, prices);
    }
}
