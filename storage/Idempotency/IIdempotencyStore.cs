using Sluice.Storage.Control;

namespace Sluice.Storage.Idempotency;

/// <summary>
/// Remembers what mutations answered, in the mutations' own transactions: a request that was done and a request that
/// is remembered are the same thing, also after a crash.
/// </summary>
public interface IIdempotencyStore
{
    /// <summary>
    /// Takes the key for this transaction. Waits for a transaction that holds it, up to
    /// <see cref="UnitOfWork.LockTimeout"/>.
    /// </summary>
    /// <exception cref="Npgsql.PostgresException"><c>55P03</c>: the other one is still running.</exception>
    Task<Claim> ClaimAsync(UnitOfWork tx, ActionKey key, CancellationToken ct);

    /// <summary>Keeps the answer for a claimed key; it commits with the action.</summary>
    Task RememberAsync(UnitOfWork tx, ActionKey key, StoredResponse answer, CancellationToken ct);
}
