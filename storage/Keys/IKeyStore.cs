using Sluice.Storage.Control;

namespace Sluice.Storage.Keys;

/// <summary>The keys of projects. Deleted projects and tenants have none.</summary>
public interface IKeyStore
{
    /// <summary>Refused where the project has a key of this name.</summary>
    Task<Result<StoredKey>> CreateAsync(
        UnitOfWork tx, long tenantId, long projectId, NewProjectKey key, CancellationToken ct);

    Task<Result<Page<StoredKey>>> ListAsync(
        long tenantId, long projectId, PageRequest page, CancellationToken ct);

    /// <summary>A living key of a tenant, of whatever kind.</summary>
    Task<StoredKey?> FindAsync(long tenantId, long keyId, CancellationToken ct);

    Task<Result<StoredKey>> ChangeAsync(UnitOfWork tx, ProjectKey key, KeyChange change, CancellationToken ct);

    /// <summary>
    /// Replaces the secret and keeps the id, the limits and the counters. Without a grace time the old secret is not
    /// kept; a secret still in an earlier grace time ends with this in any case.
    /// </summary>
    Task<Result<StoredKey>> RegenerateAsync(
        UnitOfWork tx, ProjectKey key, byte[] secretHash, TimeSpan grace, CancellationToken ct);

    /// <summary>Deletes the key; doing so twice is no error.</summary>
    Task<Result<StoredKey>> DeleteAsync(UnitOfWork tx, ProjectKey key, CancellationToken ct);
}
