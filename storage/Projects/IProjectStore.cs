using Sluice.Storage.Control;

namespace Sluice.Storage.Projects;

/// <summary>The projects of the tenants. Deleted tenants have none.</summary>
public interface IProjectStore
{
    /// <summary>Refused where the tenant has a project of this name, in whatever case.</summary>
    Task<Result<Project>> CreateAsync(UnitOfWork tx, long tenantId, string name, CancellationToken ct);

    Task<Project?> FindAsync(long tenantId, long projectId, CancellationToken ct);

    /// <param name="tenantId">Whose.</param>
    /// <param name="page">Which page of those that are seen.</param>
    /// <param name="seen">The projects that the caller may see; null for all.</param>
    /// <param name="ct">Cancels the query.</param>
    Task<Result<Page<Project>>> ListAsync(
        long tenantId, PageRequest page, IReadOnlyCollection<long>? seen, CancellationToken ct);

    /// <summary>The ids of all projects of a tenant.</summary>
    Task<IReadOnlyList<long>> ListIdsAsync(long tenantId, CancellationToken ct);

    Task<Result<Project>> RenameAsync(
        UnitOfWork tx, long tenantId, long projectId, string name, CancellationToken ct);

    /// <summary>
    /// Deletes a project, its keys and the places in it; not the default one. Doing so twice is no error.
    /// </summary>
    Task<Result<Project>> DeleteAsync(UnitOfWork tx, long tenantId, long projectId, CancellationToken ct);
}
