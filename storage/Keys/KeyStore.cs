using Npgsql;
using Sluice.Metering.Identity;
using Sluice.Storage.Audit;
using Sluice.Storage.Control;
using Sluice.Storage.Projects;
using Sluice.Storage.Tenants;

namespace Sluice.Storage.Keys;

/// <inheritdoc cref="IKeyStore"/>
internal sealed class KeyStore(NpgsqlDataSource source, TimeProvider time) : IKeyStore
{
    private const string Select =
        """
        select id, tenant_id as TenantId, project_id as ProjectId, kind, name, expires_at as ExpiresAt,
               case when previous_until > @Now then previous_until end as PreviousUntil,
               case when previous_until > @Now then previous_used_at end as PreviousUsedAt,
               last_used_at as LastUsedAt, created_at as CreatedAt, deleted_at as DeletedAt,
               credential_version as CredentialVersion
        from api_key
        """;

    private static readonly Refusal s_notFound = new Refusal.NotFound("key");
    private static readonly Refusal s_projectNotFound = new Refusal.NotFound("project");

    public async Task<Outcome<StoredKey>> CreateAsync(
        ControlTransaction tx, long tenantId, long projectId, NewProjectKey key, CancellationToken ct)
    {
        if (await TenantRows.LockLivingAsync(tx, tenantId, ct) is null)
            return new Refusal.NotFound("tenant");
        if (await ProjectRows.FindLivingAsync(await tx.OpenAsync(ct), tenantId, projectId, ct) is null)
            return s_projectNotFound;
        return await Constraints.GuardAsync<StoredKey>(
            tx,
            new { ProjectId = projectId, key.Name },
            async db =>
            {
                await db.RunAsync(
                    """
                    insert into api_key (id, tenant_id, project_id, kind, name, secret_hash, expires_at, created_at)
                    values (@Id, @tenantId, @projectId, 1, @Name, @SecretHash, @ExpiresAt, @Now)
                    """,
                    new { key.Id, tenantId, projectId, key.Name, key.SecretHash, key.ExpiresAt, tx.Now },
                    ct);
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
                await AuditAsync(tx, "key.created", created, null, StateOf(created), ct);
                return created;
            },
            ct);
    }

    public async Task<Outcome<Page<StoredKey>>> ListAsync(
        long tenantId, long projectId, PageRequest page, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        if (await ProjectRows.FindLivingAsync(db, tenantId, projectId, ct) is null)
            return s_projectNotFound;
        var rows = await db.ListAsync<StoredKey>(
            $"""
            {Select}
            where project_id = @projectId and kind = 1 and deleted_at is null
              and (@After::bigint is null
                   or (created_at, id) > (select c.created_at, c.id from api_key c where c.id = @After))
            order by created_at, id limit @Limit + 1
            """,
            new { projectId, page.After, page.Limit, Now = time.GetUtcNow() },
            ct);
        return Page<StoredKey>.Of(rows, page.Limit);
    }

    public async Task<Outcome<StoredKey>> ChangeAsync(
        ControlTransaction tx, ProjectKey key, KeyChange change, CancellationToken ct)
    {
        if (await LockAsync(tx, key, ct) is not { DeletedAt: null } before)
            return s_notFound;
        var after = before with
        {
            Name = change.Name ?? before.Name,
            ExpiresAt = change.ChangesExpiry ? change.ExpiresAt : before.ExpiresAt,
        };
        if (after == before)
            return before;

        // Only what the key admits concerns the nodes; a name doesn't.
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
                await AuditAsync(tx, "key.changed", after, StateOf(before), StateOf(after), ct);
                return after;
            },
            ct);
    }

    public async Task<Outcome<StoredKey>> RegenerateAsync(
        ControlTransaction tx, ProjectKey key, byte[] secretHash, TimeSpan grace, CancellationToken ct)
    {
        if (await LockAsync(tx, key, ct) is not { DeletedAt: null } before)
            return s_notFound;
        var after = before with
        {
            PreviousUntil = grace > TimeSpan.Zero ? tx.Now + grace : null,
            PreviousUsedAt = null,
            CredentialVersion = before.CredentialVersion + 1,
        };
        var db = await tx.OpenAsync(ct);
        await db.RunAsync(
            """
            update api_key
            set previous_hash = case when @PreviousUntil::timestamptz is null then null else secret_hash end,
                previous_until = @PreviousUntil, previous_used_at = null,
                secret_hash = @secretHash, credential_version = @CredentialVersion
            where id = @Id
            """,
            new { after.Id, after.PreviousUntil, after.CredentialVersion, secretHash },
            ct);
        await AuditAsync(tx, "key.regenerated", after, null, new { oldSecretUntil = after.PreviousUntil }, ct);
        return after;
    }

    public async Task<Outcome<StoredKey>> DeleteAsync(ControlTransaction tx, ProjectKey key, CancellationToken ct)
    {
        if (await LockAsync(tx, key, ct) is not { } before)
            return s_notFound;
        if (before.DeletedAt is not null)
            return before;
        var db = await tx.OpenAsync(ct);
        await db.RunAsync(
            """
            update api_key
            set deleted_at = @Now, credential_version = credential_version + 1,
                previous_hash = null, previous_until = null
            where id = @KeyId
            """,
            new { key.KeyId, tx.Now },
            ct);
        await AuditAsync(tx, "key.deleted", before, StateOf(before), null, ct);
        return before with { DeletedAt = tx.Now, CredentialVersion = before.CredentialVersion + 1 };
    }

    /// <summary>The key, deleted or not, under its own project and tenant only.</summary>
    private static async Task<StoredKey?> LockAsync(ControlTransaction tx, ProjectKey key, CancellationToken ct)
    {
        if (await TenantRows.LockLivingAsync(tx, key.TenantId, ct) is null)
            return null;
        var db = await tx.OpenAsync(ct);
        return await db.FindAsync<StoredKey>(
            $"""
            {Select}
            where id = @KeyId and project_id = @ProjectId and tenant_id = @TenantId and kind = 1
            for no key update
            """,
            new { key.KeyId, key.ProjectId, key.TenantId, tx.Now },
            ct);
    }

    private static object StateOf(StoredKey key) => new { key.Name, key.ExpiresAt };

    private static Task AuditAsync(
        ControlTransaction tx, string action, StoredKey key, object? before, object? after, CancellationToken ct) =>
        AuditLog.AppendAsync(
            tx, new(action, key.TenantId, IdText.Format(IdText.Key, key.Id), before, after), ct);
}
