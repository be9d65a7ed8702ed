using Npgsql;
using Sluice.Metering.Identity;
using Sluice.Storage.Control.Audit;
using Sluice.Storage.Control.Credentials;

namespace Sluice.Storage.Control.Keys;

/// <summary>Reads and writes key rows, for the stores of all kinds of keys.</summary>
internal static class KeyRows
{
    public const string Select =
        """
        select id, tenant_id as TenantId, project_id as ProjectId, member_id as MemberId, seat_id as SeatId, kind, name,
               expires_at as ExpiresAt,
               case when previous_until > @Now then previous_until end as PreviousUntil,
               case when previous_until > @Now then previous_used_at end as PreviousUsedAt,
               last_used_at as LastUsedAt, created_at as CreatedAt, deleted_at as DeletedAt,
               credential_version as CredentialVersion,
               coalesce(
                 (select p.name from project p where p.id = api_key.project_id),
                 (select m.user_name from member m where m.id = api_key.member_id)) as OwnerName
        from api_key
        """;

    /// <summary>How keys are searched and sorted.</summary>
    public static readonly Keyset Lists = new("api_key", "api_key", "name");

    public static async Task<StoredKey> InsertAsync(
        UnitOfWork tx, NpgsqlConnection db, StoredKey key, byte[] secretHash, CancellationToken ct)
    {
        await db.RunAsync(
            """
            insert into api_key
              (id, tenant_id, project_id, member_id, seat_id, kind, name, secret_hash, expires_at, created_at)
            values (@Id, @TenantId, @ProjectId, @MemberId, @SeatId, @Kind, @Name, @secretHash, @ExpiresAt, @CreatedAt)
            """,
            new
            {
                key.Id,
                key.TenantId,
                key.ProjectId,
                key.MemberId,
                key.SeatId,
                Kind = (short)key.Kind,
                key.Name,
                secretHash,
                key.ExpiresAt,
                key.CreatedAt,
            },
            ct);
        await AuditAsync(tx, "key.created", key, null, StateOf(key), ct);
        return key;
    }

    public static async Task<StoredKey> RegenerateAsync(
        UnitOfWork tx, StoredKey before, byte[] secretHash, TimeSpan grace, CancellationToken ct)
    {
        var after = before with
        {
            PreviousUntil = grace > TimeSpan.Zero ? tx.Now + grace : null,
            PreviousUsedAt = null,
            CredentialVersion = before.CredentialVersion + 1,
        };
        var db = await tx.OpenAsync(ct);
        await RetireAsync(tx, db, after, ct);
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

    public static async Task<StoredKey> DeleteAsync(UnitOfWork tx, StoredKey before, CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        await db.RunAsync(
            """
            update api_key
            set deleted_at = @Now, credential_version = credential_version + 1
            where id = @Id
            """,
            new { before.Id, tx.Now },
            ct);
        await AuditAsync(tx, "key.deleted", before, StateOf(before), null, ct);
        return before with { DeletedAt = tx.Now, CredentialVersion = before.CredentialVersion + 1 };
    }

    /// <summary>
    /// Keeps the secrets that a regeneration ends: what was begun with one of them may still be ended with it. Drops
    /// those of all keys that no reservation can need any more.
    /// </summary>
    private static Task RetireAsync(UnitOfWork tx, NpgsqlConnection db, StoredKey after, CancellationToken ct) =>
        db.RunAsync(
            """
            delete from retired_secret where retired_at < @Kept;
            insert into retired_secret (key_id, secret_hash, retired_at)
            select id, previous_hash, least(previous_until, @Now) from api_key
            where id = @Id and previous_hash is not null
            union all
            select id, secret_hash, @Now from api_key where id = @Id and @PreviousUntil::timestamptz is null
            on conflict do nothing
            """,
            new { after.Id, tx.Now, after.PreviousUntil, Kept = tx.Now - RetiredSecret.Kept },
            ct);

    public static object StateOf(StoredKey key) => new { key.Kind, key.Name, key.ExpiresAt };

    public static Task AuditAsync(
        UnitOfWork tx, string action, StoredKey key, object? before, object? after, CancellationToken ct) =>
        AuditLog.AppendAsync(
            tx, new(action, key.TenantId, IdText.Format(IdText.Key, key.Id), before, after), ct);
}
