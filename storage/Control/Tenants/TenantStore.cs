using Npgsql;
using Sluice.Metering.Identity;
using Sluice.Storage.Control.Audit;

namespace Sluice.Storage.Control.Tenants;

/// <summary>Stores the tenants of the platform.</summary>
public sealed class TenantStore(NpgsqlDataSource source)
{
    private const string DefaultProjectName = "Default";

    /// <summary>
    /// How many days after a change of zone, from that of UTC, all usage of a day is added up as a day of the new zone:
    /// sums that are being written may be of the day before, zones are up to 14 hours away, and events up to 5 minutes
    /// ahead.
    /// </summary>
    private const int DaysUntilSums = 3;

    private static readonly Error NotFound = new Error.NotFound("tenant");

    /// <summary>
    /// Creates a tenant, its default project and its owner; refused if its billing account already has a tenant.
    /// </summary>
    public Task<Result<Tenant>> CreateAsync(UnitOfWork tx, NewTenant tenant, CancellationToken ct) =>
        Constraints.GuardAsync<Tenant>(tx, new { tenant.BillingAccountId }, db => InsertAsync(tx, db, tenant, ct), ct);

    /// <summary>Finds a tenant; null if it is unknown or deleted.</summary>
    public async Task<Tenant?> FindAsync(long tenantId, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return await TenantRows.FindLivingAsync(db, tenantId, ct);
    }

    /// <summary>Reads a tenant that is not deleted, and locks it until the action ends.</summary>
    public Task<Tenant?> LockAsync(UnitOfWork tx, long tenantId, CancellationToken ct) =>
        TenantRows.LockLivingAsync(tx, tenantId, ct);

    /// <summary>Lists tenants that are not deleted.</summary>
    /// <param name="list">The page.</param>
    /// <param name="filter">What they must match.</param>
    /// <param name="ct">Cancels the query.</param>
    public async Task<Page<Tenant>> ListAsync(ListRequest list, TenantFilter filter, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        var values = Keyset.ValuesOf(list);
        values.AddDynamicParams(filter);
        var rows = await db.ListAsync<Tenant>(
            $"""
            {TenantRows.Select}
            where state <> 2
              and (@Name::text is null or strpos(lower(name), lower(@Name)) > 0)
              and (@BillingAccountId::text is null or billing_account_id = @BillingAccountId)
              and {TenantRows.Lists.Matches} and {TenantRows.Lists.IsAfter(list)}
            {TenantRows.Lists.Page(list)}
            """,
            values,
            ct);
        return Page<Tenant>.Of(rows, list.Limit);
    }

    public async Task<Result<Tenant>> ChangeAsync(
        UnitOfWork tx, long tenantId, TenantChange change, CancellationToken ct)
    {
        if (await TenantRows.LockLivingAsync(tx, tenantId, ct) is not { } before)
            return NotFound;
        var after = before with
        {
            Name = change.Name ?? before.Name,
            TimeZone = change.TimeZone ?? before.TimeZone,
            Language = change.Language ?? before.Language,
            RequireMfa = change.RequireMfa ?? before.RequireMfa,
            BillingContact = change.ChangesBillingContact ? change.BillingContact : before.BillingContact,
            OwnerAppointsAdministrators = change.OwnerAppointsAdministrators ?? before.OwnerAppointsAdministrators,
            RefusesUnpriced = change.RefusesUnpriced ?? before.RefusesUnpriced,
            BillingSite = change.ChangesBillingSite ? change.BillingSite : before.BillingSite,
        };
        if (after.TimeZone != before.TimeZone)
            after = after with { DaySumsFrom = DateOnly.FromDateTime(tx.Now.UtcDateTime).AddDays(DaysUntilSums) };
        return await SaveAsync(tx, "tenant.changed", before, after, ct);
    }

    /// <summary>Suspends or resumes a tenant. Idempotent.</summary>
    public async Task<Result<Tenant>> SetSuspendedAsync(
        UnitOfWork tx, long tenantId, bool suspended, CancellationToken ct)
    {
        if (await TenantRows.LockLivingAsync(tx, tenantId, ct) is not { } before)
            return NotFound;
        var after = before with { State = suspended ? TenantState.Suspended : TenantState.Active };
        return await SaveAsync(tx, suspended ? "tenant.suspended" : "tenant.resumed", before, after, ct);
    }

    /// <summary>Deletes the tenant with its projects and keys. Idempotent.</summary>
    public async Task<Result<Tenant>> DeleteAsync(UnitOfWork tx, long tenantId, CancellationToken ct)
    {
        if (await TenantRows.LockAsync(tx, tenantId, ct) is not { } before)
            return NotFound;
        if (before.State == TenantState.Deleted)
            return before;

        var db = await tx.OpenAsync(ct);
        // The default project's row can't be marked as deleted; it disappears with its tenant anyway.
        await db.RunAsync(
            """
            update project set deleted_at = @Now where tenant_id = @tenantId and deleted_at is null and not is_default;
            update api_key
            set deleted_at = @Now, credential_version = credential_version + 1
            where tenant_id = @tenantId and deleted_at is null
            """,
            new { tenantId, tx.Now },
            ct);
        return await SaveAsync(tx, "tenant.deleted", before, before with { State = TenantState.Deleted }, ct);
    }

    private static async Task<Result<Tenant>> InsertAsync(
        UnitOfWork tx, NpgsqlConnection db, NewTenant tenant, CancellationToken ct)
    {
        await db.RunAsync(
            """
            insert into tenant
              (id, name, billing_account_id, time_zone, language, currency, state, created_at, changed_at)
            values (@Id, @Name, @BillingAccountId, @TimeZone, @Language, @Currency, 0, @Now, @Now);
            insert into project (id, tenant_id, name, is_default, created_at)
            values (@DefaultProjectId, @Id, @ProjectName, true, @Now);
            insert into member
              (id, tenant_id, user_name, email, role, password_hash, must_change_password, created_at)
            values (@OwnerId, @Id, @UserName, @Email, 0, @PasswordHash, true, @Now)
            """,
            new
            {
                tenant.Id,
                tenant.Name,
                tenant.BillingAccountId,
                tenant.TimeZone,
                tenant.Language,
                tenant.Currency,
                tenant.DefaultProjectId,
                ProjectName = DefaultProjectName,
                OwnerId = tenant.Owner.Id,
                tenant.Owner.UserName,
                tenant.Owner.Email,
                tenant.Owner.PasswordHash,
                tx.Now,
            },
            ct);
        var created = new Tenant
        {
            Id = tenant.Id,
            Name = tenant.Name,
            BillingAccountId = tenant.BillingAccountId,
            TimeZone = tenant.TimeZone,
            Language = tenant.Language,
            Currency = tenant.Currency,
            State = TenantState.Active,
            CreatedAt = tx.Now,
        };
        await AuditLog.AppendAsync(
            tx, new("tenant.created", tenant.Id, IdText.Format(IdText.Tenant, tenant.Id), null, StateOf(created)), ct);
        return created;
    }

    private static async Task<Result<Tenant>> SaveAsync(
        UnitOfWork tx, string action, Tenant before, Tenant after, CancellationToken ct)
    {
        // A repeated action changes nothing and leaves no second audit entry.
        if (before == after)
            return after;
        var db = await tx.OpenAsync(ct);
        await db.RunAsync(
            """
            update tenant set name = @Name, time_zone = @TimeZone, language = @Language, state = @State,
                              require_mfa = @RequireMfa, billing_contact = @BillingContact,
                              owner_appoints_administrators = @OwnerAppointsAdministrators,
                              refuses_unpriced = @RefusesUnpriced, billing_site = @BillingSite, changed_at = @Now,
                              day_sums_from = @DaySumsFrom
            where id = @Id
            """,
            new
            {
                after.Id,
                after.Name,
                after.TimeZone,
                after.Language,
                State = (short)after.State,
                after.RequireMfa,
                after.BillingContact,
                after.OwnerAppointsAdministrators,
                after.RefusesUnpriced,
                after.BillingSite,
                after.DaySumsFrom,
                tx.Now,
            },
            ct);
        await AuditLog.AppendAsync(
            tx,
            new(action, after.Id, IdText.Format(IdText.Tenant, after.Id), StateOf(before), StateOf(after)),
            ct);
        return after;
    }

    private static object StateOf(Tenant tenant) => new
    {
        tenant.Name,
        tenant.BillingAccountId,
        tenant.TimeZone,
        tenant.Language,
        tenant.Currency,
        tenant.State,
        tenant.RequireMfa,
        tenant.BillingContact,
        tenant.OwnerAppointsAdministrators,
        tenant.RefusesUnpriced,
        tenant.BillingSite,
    };
}
