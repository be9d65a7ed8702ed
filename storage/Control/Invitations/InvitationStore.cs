using Npgsql;
using Sluice.Metering.Identity;
using Sluice.Storage.Control.Audit;
using Sluice.Storage.Control.Members;
using Sluice.Storage.Control.Tenants;
using Sluice.Storage.Outbox.Mail;

namespace Sluice.Storage.Control.Invitations;

/// <summary>Stores the invitations to tenants. Ending an invitation also cancels its pending mail.</summary>
public sealed class InvitationStore(NpgsqlDataSource source, TimeProvider time, MailOutbox outbox)
{
    private const string Select =
        """
        select i.id, i.tenant_id as TenantId, i.email, i.role, i.max_uses as MaxUses, i.uses,
               i.created_by as CreatedBy, i.created_at as CreatedAt, i.sendings, i.expires_at as ExpiresAt,
               i.closed_as as ClosedAs
        from invitation i join tenant t on t.id = i.tenant_id and t.state <> 2
        """;

    private static readonly Error TenantNotFound = new Error.NotFound("tenant");
    private static readonly Error NotFound = new Error.NotFound("invitation");

    /// <summary>Lists invitations that are open, and those that have expired and may be sent again.</summary>
    public async Task<Result<Page<Invitation>>> ListAsync(long tenantId, PageRequest page, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        if (await TenantRows.FindLivingAsync(db, tenantId, ct) is null)
            return TenantNotFound;
        var rows = await db.ListAsync<Invitation>(
            $"""
            {Select}
            where i.tenant_id = @tenantId and i.closed_at is null
              and (@After::bigint is null
                   or (i.created_at, i.id) > (select c.created_at, c.id from invitation c where c.id = @After))
            order by i.created_at, i.id limit @Limit + 1
            """,
            new { tenantId, page.After, page.Limit },
            ct);
        return Page<Invitation>.Of(rows, page.Limit);
    }

    /// <summary>
    /// Creates an invitation. Refused if the address belongs to a member or has an open invitation; an expired one is
    /// replaced.
    /// </summary>
    public async Task<Result<Invitation>> CreateAsync(
        UnitOfWork tx, long tenantId, NewInvitation invitation, CancellationToken ct)
    {
        if (await TenantRows.LockLivingAsync(tx, tenantId, ct) is null)
            return TenantNotFound;
        if (invitation.Email is { } email)
        {
            if (await RefuseMemberAsync(tx, tenantId, email, ct) is { } error)
                return error;
            await ReplaceExpiredAsync(tx, tenantId, email, ct);
        }

        return await Constraints.GuardAsync<Invitation>(
            tx,
            new { TenantId = tenantId, invitation.Email },
            async db =>
            {
                if (await Bound.Invitations.CheckAsync(db, tenantId, tx.Now, ct) is { } full)
                    return full;
                var created = new Invitation
                {
                    Id = invitation.Id,
                    TenantId = tenantId,
                    Email = invitation.Email,
                    Role = invitation.Role,
                    MaxUses = invitation.MaxUses,
                    Uses = 0,
                    CreatedBy = tx.Origin.Actor,
                    CreatedAt = tx.Now,
                    Sendings = invitation.Email is null ? 0 : 1,
                    ExpiresAt = invitation.ExpiresAt,
                };
                await db.RunAsync(
                    """
                    insert into invitation
                      (id, tenant_id, email, role, token_hash, max_uses, created_by, created_at, sendings, expires_at)
                    values (@Id, @TenantId, @Email, @role, @TokenHash, @MaxUses, @CreatedBy, @CreatedAt, @Sendings,
                            @ExpiresAt)
                    """,
                    new
                    {
                        created.Id,
                        created.TenantId,
                        created.Email,
                        role = (short)created.Role,
                        invitation.TokenHash,
                        created.MaxUses,
                        created.CreatedBy,
                        created.CreatedAt,
                        created.Sendings,
                        created.ExpiresAt,
                    },
                    ct);
                await AuditAsync(tx, "invitation.created", created, null, StateOf(created), ct);
                return created;
            },
            ct);
    }

    /// <summary>Reads an invitation, closed or not, and locks it until the action ends.</summary>
    public async Task<Invitation?> LockAsync(
        UnitOfWork tx, long tenantId, long invitationId, CancellationToken ct)
    {
        if (await TenantRows.LockLivingAsync(tx, tenantId, ct) is null)
            return null;
        var db = await tx.OpenAsync(ct);
        return await db.FindAsync<Invitation>(
            $"{Select} where i.id = @invitationId and i.tenant_id = @tenantId", new { invitationId, tenantId }, ct);
    }

    /// <summary>Replaces token and expiry of a locked, open invitation to an address.</summary>
    public async Task<Result<Invitation>> RenewAsync(
        UnitOfWork tx, Invitation invitation, byte[] tokenHash, DateTimeOffset expiresAt, CancellationToken ct)
    {
        // The person may have been added as a member in the meantime.
        if (await RefuseMemberAsync(tx, invitation.TenantId, invitation.Email!, ct) is { } error)
            return error;
        var after = invitation with { Sendings = invitation.Sendings + 1, ExpiresAt = expiresAt };
        await CancelMailAsync(tx, invitation, ct);
        var db = await tx.OpenAsync(ct);
        await db.RunAsync(
            """
            update invitation set token_hash = @tokenHash, sendings = @Sendings, expires_at = @ExpiresAt where id = @Id
            """,
            new { after.Id, after.Sendings, after.ExpiresAt, tokenHash },
            ct);
        await AuditAsync(tx, "invitation.resent", after, StateOf(invitation), StateOf(after), ct);
        return after;
    }

    /// <summary>Revokes a locked invitation. Idempotent; a used-up invitation can't be revoked.</summary>
    public async Task<Result<Invitation>> RevokeAsync(
        UnitOfWork tx, Invitation invitation, CancellationToken ct)
    {
        if (invitation.ClosedAs == InvitationEnd.Used)
        {
            return new Error.Conflict(
                $"The invitation {IdOf(invitation)} was accepted already; remove the member instead.");
        }

        if (invitation.ClosedAs is not null)
            return invitation;
        var db = await tx.OpenAsync(ct);
        await db.RunAsync(
            "update invitation set closed_at = @Now, closed_as = 1 where id = @Id", new { invitation.Id, tx.Now }, ct);
        await CancelMailAsync(tx, invitation, ct);
        await AuditAsync(tx, "invitation.revoked", invitation, StateOf(invitation), null, ct);
        return invitation with { ClosedAs = InvitationEnd.Revoked };
    }

    /// <summary>Finds the invitation that can be accepted now with the token of this hash.</summary>
    public async Task<Invitation?> FindOpenAsync(byte[] tokenHash, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return await db.FindAsync<Invitation>(
            $"{Select} where i.token_hash = @tokenHash and i.closed_at is null and i.expires_at > @Now",
            new { tokenHash, Now = time.GetUtcNow() },
            ct);
    }

    /// <summary>
    /// Uses up one place and creates the member, or neither. Refused, with the same message for every reason, if no
    /// place is left; refused if the user name is taken.
    /// </summary>
    /// <param name="tx">The action.</param>
    /// <param name="invitation">The invitation as it was found.</param>
    /// <param name="tokenHash">The hash it was found by: the invitation may have been sent again since.</param>
    /// <param name="member">The new member.</param>
    /// <param name="ct">Cancels the action.</param>
    public async Task<Result<Member>> AcceptAsync(
        UnitOfWork tx, Invitation invitation, byte[] tokenHash, NewMember member, CancellationToken ct)
    {
        if (await TenantRows.LockLivingAsync(tx, invitation.TenantId, ct) is null)
            return NotFound;
        var db = await tx.OpenAsync(ct);
        // Checking and counting is one statement: if many try to take the last place, one gets it.
        var uses = await db.FindAsync<int?>(
            """
            update invitation
            set uses = uses + 1,
                closed_at = case when uses + 1 = max_uses then @Now end,
                closed_as = case when uses + 1 = max_uses then 0 end
            where token_hash = @tokenHash and closed_at is null and expires_at > @Now and uses < max_uses
            returning uses
            """,
            new { tokenHash, tx.Now },
            ct);
        if (uses is null)
            return NotFound;
        var inserted = await MemberRows.InsertAsync(tx, invitation.TenantId, member, ct);
        if (inserted.IsError(out var error, out var made))
            return error;
        await db.RunAsync(
            "insert into invitation_use (invitation_id, member_id, at) values (@Id, @memberId, @Now)",
            new { invitation.Id, memberId = made.Id, tx.Now },
            ct);
        await CancelMailAsync(tx, invitation, ct);
        await AuditAsync(
            tx,
            "invitation.accepted",
            invitation,
            new { Uses = uses - 1 },
            new { Uses = uses, Member = IdText.Format(IdText.Member, made.Id) },
            ct);
        return made;
    }

    private static async Task<Error?> RefuseMemberAsync(
        UnitOfWork tx, long tenantId, string email, CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        var member = await db.FindAsync<long?>(
            """
            select id from member
            where tenant_id = @tenantId and lower(email) = lower(@email) and removed_at is null
            order by created_at, id limit 1
            """,
            new { tenantId, email },
            ct);
        if (member is not { } id)
            return null;
        var other = IdText.Format(IdText.Member, id);
        return new Error.Conflict($"This address is a member's already: {other}.", other);
    }

    private async Task ReplaceExpiredAsync(UnitOfWork tx, long tenantId, string email, CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        var expired = await db.FindAsync<Invitation>(
            $"""
            {Select}
            where i.tenant_id = @tenantId and lower(i.email) = lower(@email) and i.closed_at is null
              and i.expires_at <= @Now
            """,
            new { tenantId, email, tx.Now },
            ct);
        if (expired is null)
            return;
        await db.RunAsync(
            "update invitation set closed_at = @Now, closed_as = 2 where id = @Id", new { expired.Id, tx.Now }, ct);
        await CancelMailAsync(tx, expired, ct);
        await AuditAsync(tx, "invitation.replaced", expired, StateOf(expired), null, ct);
    }

    private Task CancelMailAsync(UnitOfWork tx, Invitation invitation, CancellationToken ct) =>
        invitation.Email is null
            ? Task.CompletedTask
            : outbox.CancelAsync(tx, invitation.TenantId, $"{IdOf(invitation)}.", ct);

    private static string IdOf(Invitation invitation) => IdText.Format(IdText.Invitation, invitation.Id);

    private static object StateOf(Invitation invitation) =>
        new { invitation.Email, invitation.Role, invitation.MaxUses, invitation.ExpiresAt };

    private static Task AuditAsync(
        UnitOfWork tx,
        string action,
        Invitation invitation,
        object? before,
        object? after,
        CancellationToken ct) =>
        AuditLog.AppendAsync(tx, new(action, invitation.TenantId, IdOf(invitation), before, after), ct);
}
