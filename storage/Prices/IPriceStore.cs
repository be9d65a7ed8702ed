using Sluice.Storage.Control;

namespace Sluice.Storage.Prices;

/// <summary>The operator's dated price books. Books are never changed: usage that was rated stays rated.</summary>
public interface IPriceStore
{
    /// <summary>Adds a book, which replaces one of the same currency and instant; the same book twice is one.</summary>
    Task<StoredPriceBook> PutAsync(UnitOfWork tx, StoredPriceBook book, CancellationToken ct);

    /// <summary>
    /// The book in force at an instant; where none is yet, the first to come into force.
    /// </summary>
    /// <param name="currency">Null for the currency whose book came into force last.</param>
    /// <param name="at">The instant.</param>
    /// <param name="ct">Cancels the query.</param>
    Task<StoredPriceBook?> FindAsync(string? currency, DateTimeOffset at, CancellationToken ct);
}
