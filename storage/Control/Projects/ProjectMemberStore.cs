using Npgsql;
using Sluice.Metering.Identity;
using Sluice.Storage.Control.Audit;
using Sluice.Storage.Control.Members;
using Sluice.Storage.Control.Tenants;

namespace Sluice.Storage.Control.Projects;

/// <summary>Stores project memberships. Every member of the tenant is always in the default project.</summary>
public sealed class ProjectMemberStore(NpgsqlDataSource source)
{
    /// <summary>
    /// Selects the members of the project: those with a row, and in the default project also those without.
    /// </summary>
    private const string Select =
        """
        select m.id as MemberId, m.user_name as UserName, m.role as TenantRole, coalesce(pm.role, 1::smallint) as Role,
               coalesce(pm.created_at, m.created_at) as CreatedAt
        from project p
        join member m on m.tenant_id = p.tenant_id and m.removed_at is null
        left join project_member pm on pm.project_id = p.id and pm.member_id = m.id
        where p.id = @projectId and (p.is_default or pm.member_id is not null)
        """;

    private static readonly Error TenantNotFound = new Error.NotFound("tenant");
    private static readonly Error ProjectNotFound = new Error.NotFound("project");
    private static readonly Error MemberNotFound = new Error.NotFound("member");

    public async Task<Result<Page<ProjectMember>>> ListAsync(
        long tenantId, long projectId, PageRequest page, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        if (await ProjectRows.FindLivingAsync(db, tenantId, projectId, ct) is null)
            return ProjectNotFound;
        var rows = await db.ListAsync<ProjectMember>(
            $"""
            {Select}
              and (@After::bigint is null
                   or (m.created_at, m.id) > (select c.created_at, c.id from member c where c.id = @After))
            order by m.created_at, m.id limit @Limit + 1
            """,
            new { projectId, page.After, page.Limit },
            ct);
        return Page<ProjectMember>.Of(rows, page.Limit);
    }

    /// <summary>Finds a member of a project.</summary>
    public async Task<Result<ProjectMember>> FindAsync(long tenantId, ProjectPlace place, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        if (await ProjectRows.FindLivingAsync(db, tenantId, place.ProjectId, ct) is null)
            return ProjectNotFound;
        return await FindAsync(db, place, ct) is { } member ? member : MemberNotFound;
    }

    /// <summary>Adds a member of the tenant to a project, or changes the role of one who is already in it.</summary>
    public async Task<Result<ProjectMember>> SetAsync(
        UnitOfWork tx, long tenantId, ProjectPlace place, ProjectRole role, CancellationToken ct)
    {
        if (await TenantRows.LockLivingAsync(tx, tenantId, ct) is null)
            return TenantNotFound;
        var db = await tx.OpenAsync(ct);
        if (await ProjectRows.FindLivingAsync(db, tenantId, place.ProjectId, ct) is null)
            return ProjectNotFound;
        if (await MemberRows.FindLivingAsync(db, tenantId, place.MemberId, tx.Now, ct) is not { } member)
            return MemberNotFound;
        var before = await FindAsync(db, place, ct);
        if (before is not null && before.Role == role)
            return before;

        await db.RunAsync(
            """
            insert into project_member (project_id, member_id, role, created_at)
            values (@ProjectId, @MemberId, @role, @Now)
            on conflict (project_id, member_id) do update set role = excluded.role
            """,
            new { place.ProjectId, place.MemberId, role = (short)role, tx.Now },
            ct);
        await AuditAsync(
            tx,
            before is null ? "project-member.added" : "project-member.role-changed",
            tenantId,
            place,
            before is null ? null : StateOf(before),
            new { member.UserName, Role = role },
            ct);
        return (await FindAsync(db, place, ct))!;
    }

    /// <summary>Removes a member from a project; not from the default one.</summary>
    public async Task<Result<ProjectMember>> RemoveAsync(
        UnitOfWork tx, long tenantId, ProjectPlace place, CancellationToken ct)
    {
        if (await TenantRows.LockLivingAsync(tx, tenantId, ct) is null)
            return TenantNotFound;
        var db = await tx.OpenAsync(ct);
        if (await ProjectRows.FindLivingAsync(db, tenantId, place.ProjectId, ct) is not { } project)
            return ProjectNotFound;
        if (await FindAsync(db, place, ct) is not { } before)
            return MemberNotFound;
        if (project.IsDefault)
        {
            return new Error.Conflict(
                "Everybody in the tenant is in its default project.", IdText.Format(IdText.Project, project.Id));
        }

        await db.RunAsync(
            "delete from project_member where project_id = @ProjectId and member_id = @MemberId", place, ct);
        await AuditAsync(tx, "project-member.removed", tenantId, place, StateOf(before), null, ct);
        return before;
    }

    private static Task<ProjectMember?> FindAsync(NpgsqlConnection db, ProjectPlace place, CancellationToken ct) =>
        db.FindAsync<ProjectMember>(
            $"{Select} and m.id = @MemberId", new { projectId = place.ProjectId, place.MemberId }, ct);

    private static object StateOf(ProjectMember member) => new { member.UserName, member.Role };

    private static Task AuditAsync(
        UnitOfWork tx,
        string action,
        long tenantId,
        ProjectPlace place,
        object? before,
        object? after,
        CancellationToken ct)
    {
        var project = IdText.Format(IdText.Project, place.ProjectId);
        var target = $"{project}/{IdText.Format(IdText.Member, place.MemberId)}";
        return AuditLog.AppendAsync(tx, new(action, tenantId, target, before, after), ct);
    }
}
