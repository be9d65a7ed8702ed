using Npgsql;

namespace Sluice.Storage.Control.Projects;

/// <summary>Reads project rows, also for the stores of objects that belong to a project.</summary>
internal static class ProjectRows
{
    public const string Select =
        """
        select p.id, p.tenant_id as TenantId, p.name, p.is_default as IsDefault, p.created_at as CreatedAt,
               p.deleted_at as DeletedAt
        from project p join tenant t on t.id = p.tenant_id
        """;

    public static Task<Project?> FindLivingAsync(
        NpgsqlConnection db, long tenantId, long projectId, CancellationToken ct) =>
        db.FindAsync<Project>(
            $"{Select} where p.id = @projectId and t.id = @tenantId and p.deleted_at is null and t.state <> 2",
            new { tenantId, projectId },
            ct);
}
