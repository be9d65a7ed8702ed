using Sluice.Metering.Identity;

namespace Sluice.Storage.Control.Limits;

/// <summary>Checks whether the scope that a limit is set on exists.</summary>
internal static class ScopeRows
{
    public static async Task<bool> IsLivingAsync(
        UnitOfWork tx, long tenantId, ScopeId scope, CancellationToken ct)
    {
        var sql = scope.Kind switch
        {
            ScopeKind.Tenant => "select @tenantId = @Value",
            ScopeKind.Project =>
                """
                select exists (
                  select from project where id = @Value and tenant_id = @tenantId and deleted_at is null)
                """,
            ScopeKind.Seat =>
                "select exists (select from seat where id = @Value and tenant_id = @tenantId and removed_at is null)",
            ScopeKind.Key =>
                """
                select exists (
                  select from api_key where id = @Value and tenant_id = @tenantId and deleted_at is null)
                """,
            _ => throw new ArgumentOutOfRangeException(nameof(scope), scope.Kind, "not a scope"),
        };
        var db = await tx.OpenAsync(ct);
        return await db.FindAsync<bool>(sql, new { tenantId, scope.Value }, ct);
    }
}
