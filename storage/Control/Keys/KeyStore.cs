using Npgsql;
using Sluice.Metering.Keys;
using Sluice.Storage.Control.Projects;
using Sluice.Storage.Control.Tenants;

namespace Sluice.Storage.Control.Keys;

/// <summary>Stores the keys of projects. Deleted projects and tenants have none.</summary>
public sealed class KeyStore(NpgsqlDataSource source, TimeProvider time)
{
    private static readonly Error NotFound = new Error.NotFound("key");
    private static readonly Error ProjectNotFound = new Error.NotFound("project");

    /// <summary>Creates a key. Refused if the project has a key of this name.</summary>
    public async Task<Result<StoredKey>> CreateAsync(
        UnitOfWork tx, long tenantId, long projectId, NewProjectKey key, CancellationToken ct)
    {
        if (await TenantRows.LockLivingAsync(tx, tenantId, ct) is null)
            return new Error.NotFound("tenant");
        if (await ProjectRows.FindLivingAsync(await tx.OpenAsync(ct), tenantId, projectId, ct) is null)
            return ProjectNotFound;
        return await Constraints.GuardAsync<StoredKey>(
            tx,
            new { ProjectId = projectId, key.Name },
            async db =>
            {
                if (await Bound.Keys.CheckAsync(db, tenantId, tx.Now, ct) is { } full)
                    return full;
                var created = new StoredKey
                {
                    Id = key.Id,
                    TenantId = tenantId,
                    ProjectId = projectId,
                    Kind = KeyKind.Project,
                    Name = key.Name,
                    ExpiresAt = key.ExpiresAt,
                    CreatedAt = tx.Now,
                    CredentialVersion = 1,
                };
                return await KeyRows.InsertAsync(tx, db, created, key.SecretHash, ct);
            },
            ct);
    }

    public async Task<Result<Page<StoredKey>>> ListAsync(
        long tenantId, long projectId, PageRequest page, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        if (await ProjectRows.FindLivingAsync(db, tenantId, projectId, ct) is null)
            return ProjectNotFound;
        var rows = await db.ListAsync<StoredKey>(
            $"""
            {KeyRows.Select}
            where project_id = @projectId and kind = 1 and deleted_at is null
              and (@After::bigint is null
                   or (created_at, id) > (select c.created_at, c.id from api_key c where c.id = @After))
            order by created_at, id limit @Limit + 1
            """,
            new { projectId, page.After, page.Limit, Now = time.GetUtcNow() },
            ct);
        return Page<StoredKey>.Of(rows, page.Limit);
    }

    /// <summary>Finds an active key of a tenant, of any kind.</summary>
    public async Task<StoredKey?> FindAsync(long tenantId, long keyId, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return await db.FindAsync<StoredKey>(
            $"""
            {KeyRows.Select}
            where id = @keyId and tenant_id = @tenantId and deleted_at is null
              and exists (select from tenant t where t.id = @tenantId and t.state <> 2)
            """,
            new { tenantId, keyId, Now = time.GetUtcNow() },
            ct);
    }

    public async Task<Result<StoredKey>> ChangeAsync(
        UnitOfWork tx, ProjectKey key, KeyChange change, CancellationToken ct)
    {
        if (await LockAsync(tx, key, ct) is not { DeletedAt: null } before)
            return NotFound;
        var after = before with
        {
            Name = change.Name ?? before.Name,
            ExpiresAt = change.ChangesExpiry ? change.ExpiresAt : before.ExpiresAt,
        };
        if (after == before)
            return before;

        // Nodes are affected only by changes to what the key admits; not by its name.
        if (after.ExpiresAt != before.ExpiresAt)
            after = after with { CredentialVersion = before.CredentialVersion + 1 };
        return await Constraints.GuardAsync<StoredKey>(
            tx,
            new { key.ProjectId, after.Name },
            async db =>
            {
                await db.RunAsync(
                    """
                    update api_key set name = @Name, expires_at = @ExpiresAt, credential_version = @CredentialVersion
                    where id = @Id
                    """,
                    after,
                    ct);
                await KeyRows.AuditAsync(
                    tx, "key.changed", after, KeyRows.StateOf(before), KeyRows.StateOf(after), ct);
                return after;
            },
            ct);
    }

    /// <summary>
    /// Replaces the secret and keeps the id, the limits and the counters. Without a grace period the old secret is not
    /// kept; a secret still in an earlier grace period stops working in any case.
    /// </summary>
    public async Task<Result<StoredKey>> RegenerateAsync(
        UnitOfWork tx, ProjectKey key, byte[] secretHash, TimeSpan grace, CancellationToken ct)
    {
        if (await LockAsync(tx, key, ct) is not { DeletedAt: null } before)
            return NotFound;
        return await KeyRows.RegenerateAsync(tx, before, secretHash, grace, ct);
    }

    /// <summary>Deletes the key. Idempotent.</summary>
    public async Task<Result<StoredKey>> DeleteAsync(UnitOfWork tx, ProjectKey key, CancellationToken ct)
    {
        if (await LockAsync(tx, key, ct) is not { } before)
            return NotFound;
        return before.DeletedAt is null ? await KeyRows.DeleteAsync(tx, before, ct) : before;
    }

    /// <summary>Finds and locks a key, deleted or not, under its own project and tenant only.</summary>
    private static async Task<StoredKey?> LockAsync(UnitOfWork tx, ProjectKey key, CancellationToken ct)
    {
        if (await TenantRows.LockLivingAsync(tx, key.TenantId, ct) is null)
            return null;
        var db = await tx.OpenAsync(ct);
        return await db.FindAsync<StoredKey>(
            $"""
            {KeyRows.Select}
            where id = @KeyId and project_id = @ProjectId and tenant_id = @TenantId and kind = 1
            for no key update
            """,
            new { key.KeyId, key.ProjectId, key.TenantId, tx.Now },
            ct);
    }
}
