using Sluice.Storage.Control;
using Sluice.Storage.Members;

namespace Sluice.Storage.Projects;

/// <summary>Who is in which project. Every member of the tenant is in the default one, at all times.</summary>
public interface IProjectMemberStore
{
    Task<Result<Page<ProjectMember>>> ListAsync(
        long tenantId, long projectId, PageRequest page, CancellationToken ct);

    /// <summary>Takes a member of the tenant into a project, or gives one who is in it another role.</summary>
    Task<Result<ProjectMember>> SetAsync(
        UnitOfWork tx, long tenantId, ProjectPlace place, ProjectRole role, CancellationToken ct);

    /// <summary>Takes a member out of a project; the default one can't be left.</summary>
    Task<Result<ProjectMember>> RemoveAsync(
        UnitOfWork tx, long tenantId, ProjectPlace place, CancellationToken ct);
}
