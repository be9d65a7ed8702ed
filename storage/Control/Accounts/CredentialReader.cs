using Npgsql;

namespace Sluice.Storage.Control.Accounts;

/// <summary>
/// Finds the member behind a secret. Reads the database for every request, so that an ended session ends at once.
/// </summary>
public sealed class CredentialReader(NpgsqlDataSource source, TimeProvider time)
{
    private const string Member =
        """
        m.id as MemberId, m.tenant_id as TenantId, m.user_name as UserName, m.role,
        m.must_change_password as MustChangePassword, m.totp_confirmed_at is not null as HasSecondFactor,
        t.require_mfa as RequiresSecondFactor,
        t.owner_appoints_administrators as OwnerAppointsAdministrators,
        case when m.role = 2 then array(
          select p.id from project p left join project_member pm on pm.project_id = p.id and pm.member_id = m.id
          where p.tenant_id = m.tenant_id and p.deleted_at is null and (p.is_default or pm.member_id is not null)
          order by p.id) else '{}' end as ProjectIds,
        case when m.role = 2 then array(
          select coalesce(pm.role, 1::smallint)
          from project p left join project_member pm on pm.project_id = p.id and pm.member_id = m.id
          where p.tenant_id = m.tenant_id and p.deleted_at is null and (p.is_default or pm.member_id is not null)
          order by p.id) else '{}' end as ProjectRoles
        """;

    /// <param name="tokenHash">SHA-256 of the presented secret.</param>
    /// <param name="ct">Cancels the read.</param>
    /// <returns>Null if there is no such session, or it has ended, or its member or tenant was removed.</returns>
    public async Task<CallerRow?> FindSessionAsync(byte[] tokenHash, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return await db.FindAsync<CallerRow>(
            $"""
            select c.id as CredentialId, null::text[] as Scopes, {Member}
            from console_session c
            join member m on m.id = c.member_id and m.removed_at is null
            join tenant t on t.id = m.tenant_id and t.state <> 2
            where c.token_hash = @tokenHash and c.ended_at is null and c.expires_at > @Now
            """,
            new { tokenHash, Now = time.GetUtcNow() },
            ct);
    }

    /// <summary>Finds the member behind an access token; records its use, about once a minute.</summary>
    /// <param name="tokenHash">SHA-256 of the presented secret.</param>
    /// <param name="ct">Cancels the read.</param>
    public async Task<CallerRow?> FindTokenAsync(byte[] tokenHash, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        var now = time.GetUtcNow();
        var found = await db.FindAsync<CallerRow>(
            $"""
            select c.id as CredentialId, c.scopes as Scopes, {Member}
            from access_token c
            join member m on m.id = c.member_id and m.removed_at is null
            join tenant t on t.id = m.tenant_id and t.state <> 2
            where c.token_hash = @tokenHash and c.revoked_at is null and (c.expires_at is null or c.expires_at > @now)
            """,
            new { tokenHash, now },
            ct);
        if (found is not null)
        {
            await db.RunAsync(
                """
                update access_token set last_used_at = @now
                where id = @CredentialId and (last_used_at is null or last_used_at < @now - interval '1 minute')
                """,
                new { found.CredentialId, now },
                ct);
        }

        return found;
    }
}
