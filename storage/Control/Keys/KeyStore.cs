using Dapper;
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

    /// <summary>Lists the active keys of a project.</summary>
    public async Task<Result<Page<StoredKey>>> ListOfProjectAsync(
        long tenantId, long projectId, ListRequest list, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return await ProjectRows.FindLivingAsync(db, tenantId, projectId, ct) is null
            ? ProjectNotFound
            : await ListAsync(db, tenantId, new(projectId, KeyKind.Project, null), list, ct);
    }

    /// <summary>Lists the active keys of a tenant, of every kind.</summary>
    public async Task<Result<Page<StoredKey>>> ListAsync(
        long tenantId, KeyFilter filter, ListRequest list, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return await TenantRows.FindLivingAsync(db, tenantId, ct) is null
            ? new Error.NotFound("tenant")
            : await ListAsync(db, tenantId, filter, list, ct);
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

    /// <summary>
    /// Reads a key, deleted or not, under its own project and tenant only, and locks it until the action ends.
    /// </summary>
    public async Task<StoredKey?> LockAsync(UnitOfWork tx, ProjectKey key, CancellationToken ct)
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

    /// <summary>Returns the statement that reads a page; the parameters are those of <see cref="ValuesOf"/>.</summary>
    internal static string SqlOf(ListRequest list) =>
        $"""
        {KeyRows.Select}
        where tenant_id = @tenantId and deleted_at is null
          and (@ProjectId::bigint is null or project_id = @ProjectId)
          and (@Kind::smallint is null or kind = @Kind)
          and (@SeesAll or project_id = any(@Projects) or member_id = @MemberId)
          and {KeyRows.Lists.Matches} and {KeyRows.Lists.IsAfter(list)}
        {KeyRows.Lists.Page(list)}
        """;

    internal static DynamicParameters ValuesOf(
        long tenantId, KeyFilter filter, ListRequest list, DateTimeOffset now)
    {
        var values = Keyset.ValuesOf(list);
        values.AddDynamicParams(new
        {
            tenantId,
            filter.ProjectId,
            Kind = (short?)filter.Kind,
            SeesAll = filter.Visibility is null,
            Projects = filter.Visibility?.ProjectIds.ToArray() ?? [],
            MemberId = filter.Visibility?.MemberId ?? 0,
            Now = now,
        });
        return values;
    }

    private async Task<Page<StoredKey>> ListAsync(
        NpgsqlConnection db, long tenantId, KeyFilter filter, ListRequest list, CancellationToken ct) =>
        Page<StoredKey>.Of(
            await db.ListAsync<StoredKey>(SqlOf(list), ValuesOf(tenantId, filter, list, time.GetUtcNow()), ct),
            list.Limit);
}
