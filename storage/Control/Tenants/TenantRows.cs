using Npgsql;

namespace Sluice.Storage.Control.Tenants;

/// <summary>Reads tenant rows, also for the stores of objects that belong to a tenant.</summary>
internal static class TenantRows
{
    public const string Select =
        """
        select id, name, billing_account_id as BillingAccountId, time_zone as TimeZone, language, currency,
               state, created_at as CreatedAt, require_mfa as RequireMfa, billing_contact as BillingContact,
               owner_appoints_administrators as OwnerAppointsAdministrators, billing_site as BillingSite,
               refuses_unpriced as RefusesUnpriced, day_sums_from as DaySumsFrom
        from tenant
        """;

    /// <summary>How tenants are searched and sorted.</summary>
    public static readonly Keyset Lists = new("tenant", "tenant", "name", "billing_account_id");

    /// <summary>
    /// Locks the tenant's row, deleted or not, until the action ends. Every action inside a tenant does so first: they
    /// run one after the other, so what one has checked still holds when it writes. Not <c>for update</c>, which would
    /// also block the foreign keys of rows inserted by other work.
    /// </summary>
    public static async Task<Tenant?> LockAsync(UnitOfWork tx, long tenantId, CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        return await db.FindAsync<Tenant>(
            $"{Select} where id = @tenantId for no key update", new { tenantId }, ct);
    }

    /// <summary>Locks the tenant's row unless the tenant is deleted, until the action ends.</summary>
    public static async Task<Tenant?> LockLivingAsync(UnitOfWork tx, long tenantId, CancellationToken ct) =>
        await LockAsync(tx, tenantId, ct) is { State: not TenantState.Deleted } tenant ? tenant : null;

    public static Task<Tenant?> FindLivingAsync(NpgsqlConnection db, long tenantId, CancellationToken ct) =>
        db.FindAsync<Tenant>($"{Select} where id = @tenantId and state <> 2", new { tenantId }, ct);
}
