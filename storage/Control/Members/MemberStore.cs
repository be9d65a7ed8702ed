using Npgsql;
using Sluice.Metering.Identity;
using Sluice.Storage.Control.Tenants;

namespace Sluice.Storage.Control.Members;

/// <summary>Stores the members of tenants. Deleted tenants have none.</summary>
public sealed class MemberStore(NpgsqlDataSource source, TimeProvider time)
{
    private static readonly Error TenantNotFound = new Error.NotFound("tenant");

    /// <summary>Lists the members that are not removed.</summary>
    public async Task<Result<Page<Member>>> ListAsync(long tenantId, ListRequest list, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        if (await TenantRows.FindLivingAsync(db, tenantId, ct) is null)
            return TenantNotFound;
        var values = Keyset.ValuesOf(list);
        values.AddDynamicParams(new { tenantId, Now = time.GetUtcNow() });
        var rows = await db.ListAsync<Member>(
            $"""
            {MemberRows.Select}
            where m.tenant_id = @tenantId and m.removed_at is null
              and {MemberRows.Lists.Matches} and {MemberRows.Lists.IsAfter(list)}
            {MemberRows.Lists.Page(list)}
            """,
            values,
            ct);
        return Page<Member>.Of(rows, list.Limit);
    }

    /// <summary>Finds a member; null if it is unknown or removed.</summary>
    public async Task<Member?> FindAsync(long tenantId, long memberId, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return await MemberRows.FindLivingAsync(db, tenantId, memberId, time.GetUtcNow(), ct);
    }

    /// <summary>
    /// Reads a member, removed or not. No other action changes it or any other member of its tenant until this one
    /// ends, so decisions made on this read still hold when they are written.
    /// </summary>
    public async Task<Member?> LockAsync(UnitOfWork tx, long tenantId, long memberId, CancellationToken ct)
    {
        if (await TenantRows.LockLivingAsync(tx, tenantId, ct) is null)
            return null;
        var db = await tx.OpenAsync(ct);
        // A separate statement after the tenant is locked: it sees what the previous action has written.
        return await db.FindAsync<Member>(
            $"{MemberRows.Select} where m.id = @memberId and m.tenant_id = @tenantId",
            new { memberId, tenantId, tx.Now },
            ct);
    }

    /// <summary>Creates a member. Refused if the tenant has a member of this user name.</summary>
    public async Task<Result<Member>> CreateAsync(
        UnitOfWork tx, long tenantId, NewMember member, CancellationToken ct) =>
        await TenantRows.LockLivingAsync(tx, tenantId, ct) is null
            ? TenantNotFound
            : await MemberRows.InsertAsync(tx, tenantId, member, ct);

    /// <summary>Sets the role of a locked member, not to owner.</summary>
    public async Task<Member> SetRoleAsync(
        UnitOfWork tx, Member member, TenantRole role, CancellationToken ct)
    {
        if (member.Role == role)
            return member;
        var db = await tx.OpenAsync(ct);
        await db.RunAsync("update member set role = @role where id = @Id", new { member.Id, role = (short)role }, ct);
        await MemberRows.AuditAsync(
            tx, "member.role-changed", member, new { member.Role }, new { Role = role }, ct);
        return member with { Role = role };
    }

    /// <summary>Sets or removes the email address of a locked member.</summary>
    public async Task<Member> SetEmailAsync(UnitOfWork tx, Member member, string? email, CancellationToken ct)
    {
        if (member.Email == email)
            return member;
        var db = await tx.OpenAsync(ct);
        await db.RunAsync("update member set email = @email where id = @Id", new { member.Id, email }, ct);
        await MemberRows.AuditAsync(
            tx, "member.email-changed", member, new { member.Email }, new { Email = email }, ct);
        return member with { Email = email };
    }

    /// <summary>
    /// Makes a locked member the owner and the owner an administrator. Refused if another member has become the owner
    /// since the request was authorized.
    /// </summary>
    /// <param name="tx">The action.</param>
    /// <param name="member">The next owner.</param>
    /// <param name="asOwner">The member acting as the owner; null for the operator.</param>
    /// <param name="ct">Cancels the action.</param>
    public async Task<Result<Member>> TransferOwnershipAsync(
        UnitOfWork tx, Member member, long? asOwner, CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        var owner = await db.FindAsync<long>(
            "select id from member where tenant_id = @TenantId and role = 0 and removed_at is null",
            new { member.TenantId },
            ct);
        if (asOwner is { } actor && actor != owner)
        {
            return new Error.Conflict(
                $"The ownership has gone to {IdText.Format(IdText.Member, owner)} in the meantime.",
                IdText.Format(IdText.Member, owner));
        }

        if (member.Id == owner)
            return member;
        // In this order, because there must never be a second owner, not even between two statements.
        await db.RunAsync("update member set role = 1 where id = @owner", new { owner }, ct);
        await db.RunAsync("update member set role = 0 where id = @Id", new { member.Id }, ct);
        await MemberRows.AuditAsync(
            tx,
            "ownership.transferred",
            member,
            new { Owner = IdText.Format(IdText.Member, owner), member.Role },
            new { Owner = IdText.Format(IdText.Member, member.Id), Role = TenantRole.Owner },
            ct);
        return member with { Role = TenantRole.Owner };
    }

    /// <summary>Sets a one-time password and ends the member's sessions and access tokens.</summary>
    public async Task ResetPasswordAsync(
        UnitOfWork tx, Member member, string passwordHash, CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        // Lock the member's row first: an action that creates a token holds it, and the next statement sees that token.
        await db.RunAsync(
            """
            update member set password_hash = @passwordHash, must_change_password = true, password_changed_at = null,
                              failed_attempts = 0, locked_until = null
            where id = @Id;
            update console_session set ended_at = @Now where member_id = @Id and ended_at is null
            """,
            new { member.Id, passwordHash, tx.Now },
            ct);
        // A reset is the remedy if an intruder is in the account, who may have created a token.
        var tokens = await db.RunAsync(
            "update access_token set revoked_at = @Now where member_id = @Id and revoked_at is null",
            new { member.Id, tx.Now },
            ct);
        await MemberRows.AuditAsync(tx, "member.password-reset", member, null, new { RevokedTokens = tokens }, ct);
    }

    /// <summary>Removes the second factor with its recovery codes and ends the member's sessions.</summary>
    public async Task ResetSecondFactorAsync(UnitOfWork tx, Member member, CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        // The step is kept, so that no past code is ever accepted again.
        await db.RunAsync(
            """
            update member set totp_secret = null, totp_confirmed_at = null, failed_attempts = 0, locked_until = null
            where id = @Id;
            delete from recovery_code where member_id = @Id;
            update console_session set ended_at = @Now where member_id = @Id and ended_at is null
            """,
            new { member.Id, tx.Now },
            ct);
        await MemberRows.AuditAsync(tx, "mfa.reset", member, new { member.HasSecondFactor }, null, ct);
    }

    /// <summary>
    /// Removes a locked member and everything the member owns: the personal key, sessions, access tokens, the seat with
    /// its key, the project memberships, the second factor. Idempotent.
    /// </summary>
    /// <returns>The deleted keys, including those deleted by an earlier call.</returns>
    public async Task<IReadOnlyList<long>> RemoveAsync(UnitOfWork tx, Member member, CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        // Include keys that are already deleted: a repeated removal waits for nodes that had not confirmed the first.
        var keys = await db.ListAsync<long>(
            """
            select id from api_key
            where member_id = @Id or (kind = 2 and seat_id in (select s.id from seat s where s.member_id = @Id))
            order by id
            """,
            new { member.Id },
            ct);
        if (member.RemovedAt is not null)
            return keys;

        await db.RunAsync(
            """
            update api_key
            set deleted_at = @Now, credential_version = credential_version + 1
            where id = any(@keys) and deleted_at is null;
            update seat set member_id = null, assigned_at = null where member_id = @Id;
            update console_session set ended_at = @Now where member_id = @Id and ended_at is null;
            update access_token set revoked_at = @Now where member_id = @Id and revoked_at is null;
            delete from project_member where member_id = @Id;
            delete from recovery_code where member_id = @Id;
            update member
            set removed_at = @Now, password_hash = '', totp_secret = null, totp_confirmed_at = null
            where id = @Id
            """,
            new { member.Id, keys = keys.ToArray(), tx.Now },
            ct);
        var seat = member.SeatId is { } seatId ? IdText.Format(IdText.Seat, seatId) : null;
        await MemberRows.AuditAsync(
            tx,
            "member.removed",
            member,
            new { member.UserName, member.Email, member.Role, member.HasPersonalKey, Seat = seat },
            null,
            ct);
        return keys;
    }
}
