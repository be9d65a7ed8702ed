using Sluice.Storage.Control;

namespace Sluice.Storage.Keys;

/// <summary>The keys of which a holder has at most one: those of members and of seats.</summary>
public interface IHeldKeyStore
{
    Task<Result<StoredKey>> FindAsync(HeldKey held, CancellationToken ct);

    /// <summary>
    /// Refused where the holder has a key, and for a seat that is not assigned or whose plan has ended.
    /// </summary>
    Task<Result<StoredKey>> CreateAsync(UnitOfWork tx, HeldKey held, NewHeldKey key, CancellationToken ct);

    /// <summary>The living key, which stays as it is until the action ends.</summary>
    Task<Result<StoredKey>> LockAsync(UnitOfWork tx, HeldKey held, CancellationToken ct);

    /// <inheritdoc cref="IKeyStore.RegenerateAsync"/>
    /// <param name="tx">The action's transaction.</param>
    /// <param name="key">What <see cref="LockAsync"/> has found.</param>
    /// <param name="secretHash">SHA-256 of the whole new key.</param>
    /// <param name="grace">How long the old secret goes on working.</param>
    /// <param name="ct">Cancels the action.</param>
    Task<StoredKey> RegenerateAsync(
        UnitOfWork tx, StoredKey key, byte[] secretHash, TimeSpan grace, CancellationToken ct);

    /// <summary>Deletes the key; doing so twice is no error, as long as the holder has no new one.</summary>
    Task<Result<StoredKey>> DeleteAsync(UnitOfWork tx, HeldKey held, CancellationToken ct);
}
