using Npgsql;
using Sluice.Metering.Identity;
using Sluice.Storage.Control.Audit;
using Sluice.Storage.Control.Tenants;

namespace Sluice.Storage.Control.Projects;

/// <summary>Stores the projects of tenants. Deleted tenants have none.</summary>
public sealed class ProjectStore(NpgsqlDataSource source)
{
    private static readonly Error TenantNotFound = new Error.NotFound("tenant");
    private static readonly Error NotFound = new Error.NotFound("project");

    /// <summary>Creates a project. Refused if the tenant has a project of this name, ignoring case.</summary>
    public async Task<Result<Project>> CreateAsync(
        UnitOfWork tx, long tenantId, string name, CancellationToken ct)
    {
        if (await TenantRows.LockLivingAsync(tx, tenantId, ct) is null)
            return TenantNotFound;
        var project = new Project
        {
            Id = IdText.NewValue(),
            TenantId = tenantId,
            Name = name,
            IsDefault = false,
            CreatedAt = tx.Now,
        };
        return await Constraints.GuardAsync<Project>(
            tx,
            new { TenantId = tenantId, Name = name },
            async db =>
            {
                if (await Bound.Projects.CheckAsync(db, tenantId, tx.Now, ct) is { } full)
                    return full;
                await db.RunAsync(
                    """
                    insert into project (id, tenant_id, name, is_default, created_at)
                    values (@Id, @TenantId, @Name, false, @CreatedAt)
                    """,
                    project,
                    ct);
                await AuditAsync(tx, "project.created", project, null, new { project.Name }, ct);
                return project;
            },
            ct);
    }

    public async Task<Project?> FindAsync(long tenantId, long projectId, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return await ProjectRows.FindLivingAsync(db, tenantId, projectId, ct);
    }

    /// <summary>Reads a project; no other action changes it until this one ends.</summary>
    public async Task<Project?> LockAsync(UnitOfWork tx, long tenantId, long projectId, CancellationToken ct) =>
        await TenantRows.LockLivingAsync(tx, tenantId, ct) is null
            ? null
            : await ProjectRows.FindLivingAsync(await tx.OpenAsync(ct), tenantId, projectId, ct);

    /// <param name="tenantId">The tenant.</param>
    /// <param name="page">The page of visible projects.</param>
    /// <param name="seen">The projects that the caller may see; null for all.</param>
    /// <param name="ct">Cancels the query.</param>
    public async Task<Result<Page<Project>>> ListAsync(
        long tenantId, PageRequest page, IReadOnlyCollection<long>? seen, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        if (await TenantRows.FindLivingAsync(db, tenantId, ct) is null)
            return TenantNotFound;
        var rows = await db.ListAsync<Project>(
            $"""
            {ProjectRows.Select}
            where t.id = @tenantId and p.deleted_at is null and (@ids::bigint[] is null or p.id = any(@ids))
              and (@After::bigint is null
                   or (p.created_at, p.id) > (select c.created_at, c.id from project c where c.id = @After))
            order by p.created_at, p.id limit @Limit + 1
            """,
            new { tenantId, page.After, page.Limit, ids = seen?.ToArray() },
            ct);
        return Page<Project>.Of(rows, page.Limit);
    }

    /// <summary>Lists the ids of all projects of a tenant.</summary>
    public async Task<IReadOnlyList<long>> ListIdsAsync(long tenantId, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return await db.ListAsync<long>(
            "select id from project where tenant_id = @tenantId and deleted_at is null order by id",
            new { tenantId },
            ct);
    }

    public async Task<Result<Project>> RenameAsync(
        UnitOfWork tx, long tenantId, long projectId, string name, CancellationToken ct)
    {
        if (await TenantRows.LockLivingAsync(tx, tenantId, ct) is null)
            return TenantNotFound;
        if (await ProjectRows.FindLivingAsync(await tx.OpenAsync(ct), tenantId, projectId, ct) is not { } before)
            return NotFound;
        if (before.Name == name)
            return before;
        return await Constraints.GuardAsync<Project>(
            tx,
            new { TenantId = tenantId, Name = name },
            async db =>
            {
                await db.RunAsync("update project set name = @name where id = @projectId", new { name, projectId }, ct);
                await AuditAsync(tx, "project.renamed", before, new { before.Name }, new { Name = name }, ct);
                return before with { Name = name };
            },
            ct);
    }

    /// <summary>Deletes a project, its keys and its memberships; not the default project. Idempotent.</summary>
    public async Task<Result<Project>> DeleteAsync(
        UnitOfWork tx, long tenantId, long projectId, CancellationToken ct)
    {
        if (await TenantRows.LockLivingAsync(tx, tenantId, ct) is null)
            return TenantNotFound;
        var db = await tx.OpenAsync(ct);
        var before = await db.FindAsync<Project>(
            $"{ProjectRows.Select} where p.id = @projectId and t.id = @tenantId", new { tenantId, projectId }, ct);
        if (before is null)
            return NotFound;
        if (before.IsDefault)
            return new Error.Conflict("The default project stays as long as its tenant.", IdOf(before));
        if (before.DeletedAt is not null)
            return before;

        await db.RunAsync(
            """
            update project set deleted_at = @Now where id = @projectId;
            update api_key
            set deleted_at = @Now, credential_version = credential_version + 1
            where project_id = @projectId and deleted_at is null;
            delete from project_member where project_id = @projectId
            """,
            new { projectId, tx.Now },
            ct);
        await AuditAsync(tx, "project.deleted", before, new { before.Name }, null, ct);
        return before with { DeletedAt = tx.Now };
    }

    private static string IdOf(Project project) => IdText.Format(IdText.Project, project.Id);

    private static Task AuditAsync(
        UnitOfWork tx, string action, Project project, object? before, object? after, CancellationToken ct) =>
        AuditLog.AppendAsync(tx, new(action, project.TenantId, IdOf(project), before, after), ct);
}
