using Sluice.Storage.Control;

namespace Sluice.Storage.Tenants;

/// <summary>The tenants of the platform.</summary>
public interface ITenantStore
{
    /// <summary>Creates a tenant, its default project and its owner; refused where its account has one.</summary>
    Task<Result<Tenant>> CreateAsync(UnitOfWork tx, NewTenant tenant, CancellationToken ct);

    /// <summary>The tenant unless it is unknown or deleted.</summary>
    Task<Tenant?> FindAsync(long tenantId, CancellationToken ct);

    /// <summary>All that are not deleted.</summary>
    Task<Page<Tenant>> ListAsync(PageRequest page, CancellationToken ct);

    Task<Result<Tenant>> ChangeAsync(UnitOfWork tx, long tenantId, TenantChange change, CancellationToken ct);

    /// <summary>Suspends or resumes; doing so twice is no error.</summary>
    Task<Result<Tenant>> SetSuspendedAsync(
        UnitOfWork tx, long tenantId, bool suspended, CancellationToken ct);

    /// <summary>Deletes the tenant with its projects and keys; doing so twice is no error.</summary>
    Task<Result<Tenant>> DeleteAsync(UnitOfWork tx, long tenantId, CancellationToken ct);
}
