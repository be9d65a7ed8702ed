using Npgsql;
using Sluice.Metering.Identity;
using Sluice.Storage.Control.Audit;

namespace Sluice.Storage.Control.Members;

/// <summary>Reads and adds member rows, for all stores that create or show members.</summary>
internal static class MemberRows
{
    /// <summary>Selects members. Requires <c>@Now</c>.</summary>
    public const string Select =
        """
        select m.id, m.tenant_id as TenantId, m.user_name as UserName, m.email, m.role, m.created_at as CreatedAt,
               m.removed_at as RemovedAt, m.totp_confirmed_at is not null as HasSecondFactor,
               exists (select from api_key k where k.member_id = m.id and k.kind = 0 and k.deleted_at is null)
                 as HasPersonalKey,
               (select s.id from seat s join subscription u on u.id = s.subscription_id
                where s.member_id = m.id and u.expires_at > @Now) as SeatId
        from member m join tenant t on t.id = m.tenant_id and t.state <> 2
        """;

    /// <summary>How members are searched and sorted.</summary>
    public static readonly Keyset Lists = new("member", "m", "user_name", "email");

    public static Task<Member?> FindLivingAsync(
        NpgsqlConnection db, long tenantId, long memberId, DateTimeOffset now, CancellationToken ct) =>
        db.FindAsync<Member>(
            $"{Select} where m.id = @memberId and m.tenant_id = @tenantId and m.removed_at is null",
            new { memberId, tenantId, Now = now },
            ct);

    /// <summary>Adds a member to a locked tenant; refused if the user name is taken.</summary>
    public static Task<Result<Member>> InsertAsync(
        UnitOfWork tx, long tenantId, NewMember member, CancellationToken ct) =>
        Constraints.GuardAsync<Member>(
            tx,
            new { TenantId = tenantId, member.UserName },
            async db =>
            {
                if (await Bound.Members.CheckAsync(db, tenantId, tx.Now, ct) is { } full)
                    return full;
                await db.RunAsync(
                    """
                    insert into member
                      (id, tenant_id, user_name, email, role, password_hash, must_change_password, created_at,
                       password_changed_at)
                    values (@Id, @tenantId, @UserName, @Email, @role, @PasswordHash, @MustChangePassword, @Now,
                            case when @MustChangePassword then null else @Now end)
                    """,
                    new
                    {
                        member.Id,
                        tenantId,
                        member.UserName,
                        member.Email,
                        role = (short)member.Role,
                        member.PasswordHash,
                        member.MustChangePassword,
                        tx.Now,
                    },
                    ct);
                var created = new Member
                {
                    Id = member.Id,
                    TenantId = tenantId,
                    UserName = member.UserName,
                    Email = member.Email,
                    Role = member.Role,
                    CreatedAt = tx.Now,
                };
                await AuditAsync(tx, "member.created", created, null, StateOf(created), ct);
                return created;
            },
            ct);

    public static object StateOf(Member member) => new { member.UserName, member.Email, member.Role };

    public static Task AuditAsync(
        UnitOfWork tx, string action, Member member, object? before, object? after, CancellationToken ct) =>
        AuditLog.AppendAsync(
            tx, new(action, member.TenantId, IdText.Format(IdText.Member, member.Id), before, after), ct);
}
