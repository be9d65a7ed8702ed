using Npgsql;
using Sluice.Metering.Identity;
using Sluice.Storage.Control.Members;

namespace Sluice.Storage.Control.Limits;

/// <summary>Checks whether the scope that a limit is set on exists.</summary>
internal static class ScopeRows
{
    /// <param name="db">The connection.</param>
    /// <param name="tenantId">The tenant that the scope must belong to.</param>
    /// <param name="scope">The scope.</param>
    /// <param name="visibility">The part of the tenant in which it must be; null for all.</param>
    /// <param name="ct">Cancels the query.</param>
    public static Task<bool> IsLivingAsync(
        NpgsqlConnection db, long tenantId, ScopeId scope, Visibility? visibility, CancellationToken ct)
    {
        var sql = scope.Kind switch
        {
            ScopeKind.Tenant => "select @tenantId = @Value",
            ScopeKind.Project =>
                """
                select exists (
                  select from project where id = @Value and tenant_id = @tenantId and deleted_at is null
                    and (@SeesAll or id = any(@Projects)))
                """,
            ScopeKind.Seat =>
                """
                select exists (
                  select from seat where id = @Value and tenant_id = @tenantId and removed_at is null
                    and (@SeesAll or member_id = @MemberId))
                """,
            ScopeKind.Key =>
                """
                select exists (
                  select from api_key where id = @Value and tenant_id = @tenantId and deleted_at is null
                    and (@SeesAll or project_id = any(@Projects) or member_id = @MemberId))
                """,
            _ => throw new ArgumentOutOfRangeException(nameof(scope), scope.Kind, "not a scope"),
        };
        return db.FindAsync<bool>(
            sql,
            new
            {
                tenantId,
                scope.Value,
                SeesAll = visibility is null,
                Projects = visibility?.ProjectIds.ToArray() ?? [],
                MemberId = visibility?.MemberId ?? 0,
            },
            ct);
    }
}
