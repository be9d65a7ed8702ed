using Npgsql;
using Sluice.Metering.Identity;
using Sluice.Storage.Control.Audit;
using Sluice.Storage.Control.Tenants;

namespace Sluice.Storage.Control.Seats;

/// <summary>Stores the seats of tenants.</summary>
public sealed class SeatStore(NpgsqlDataSource source, TimeProvider time)
{
    private static readonly Error NotFound = new Error.NotFound("seat");
    private static readonly Error TenantNotFound = new Error.NotFound("tenant");

    public async Task<Result<Page<Seat>>> ListAsync(long tenantId, PageRequest page, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        if (await TenantRows.FindLivingAsync(db, tenantId, ct) is null)
            return TenantNotFound;
        var rows = await db.ListAsync<Seat>(
            $"""
            {SeatRows.Select}
            where s.tenant_id = @tenantId and s.removed_at is null
              and (@After::bigint is null
                   or (s.created_at, s.id) > (select c.created_at, c.id from seat c where c.id = @After))
            order by s.created_at, s.id limit @Limit + 1
            """,
            new { tenantId, page.After, page.Limit, Now = time.GetUtcNow() },
            ct);
        return Page<Seat>.Of(rows, page.Limit);
    }

    /// <summary>Counts all seats of a tenant by state.</summary>
    public async Task<SeatCounts> CountAsync(long tenantId, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return (await db.FindAsync<SeatCounts>(
            """
            select count(*) filter (where u.expires_at > @Now and s.member_id is not null) as Assigned,
                   count(*) filter (where u.expires_at > @Now and s.member_id is null) as Unassigned,
                   count(*) filter (where u.expires_at <= @Now) as Expired
            from seat s join subscription u on u.id = s.subscription_id
            where s.tenant_id = @tenantId and s.removed_at is null
            """,
            new { tenantId, Now = time.GetUtcNow() },
            ct))!;
    }

    public async Task<Seat?> FindAsync(long tenantId, long seatId, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return await db.FindAsync<Seat>(
            $"{SeatRows.Select} where s.id = @seatId and s.tenant_id = @tenantId and s.removed_at is null",
            new { tenantId, seatId, Now = time.GetUtcNow() },
            ct);
    }

    /// <summary>Finds the seat that a member holds; null if there is none, or its plan has ended.</summary>
    public async Task<Seat?> FindOfAsync(long memberId, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return await db.FindAsync<Seat>(
            $"{SeatRows.Select} where s.member_id = @memberId and u.expires_at > @Now",
            new { memberId, Now = time.GetUtcNow() },
            ct);
    }

    /// <summary>
    /// Assigns a seat. Refused unless the seat is unassigned, and if the member holds another one. Seats of the member
    /// whose plan has ended are reclaimed first.
    /// </summary>
    public async Task<Result<SeatChange>> AssignAsync(
        UnitOfWork tx, long tenantId, long seatId, long memberId, CancellationToken ct)
    {
        if (await TenantRows.LockLivingAsync(tx, tenantId, ct) is null)
            return TenantNotFound;
        if (await SeatRows.LockAsync(tx, tenantId, seatId, ct) is not { } before)
            return NotFound;
        var db = await tx.OpenAsync(ct);
        var userName = await db.FindAsync<string>(
            "select user_name from member where id = @memberId and tenant_id = @tenantId and removed_at is null",
            new { tenantId, memberId },
            ct);
        if (userName is null)
            return new Error.NotFound("member");
        if (WhyNotFree(before) is { } conflict)
            return conflict;

        var dead = await GiveBackExpiredAsync(tx, tenantId, memberId, ct);
        return await Constraints.GuardAsync<SeatChange>(
            tx,
            new { MemberId = memberId },
            async guarded =>
            {
                await guarded.RunAsync(
                    "update seat set member_id = @memberId, assigned_at = @Now where id = @seatId",
                    new { seatId, memberId, tx.Now },
                    ct);
                var after = before with
                {
                    MemberId = memberId,
                    MemberName = userName,
                    AssignedAt = tx.Now,
                    State = SeatState.Assigned,
                };
                await AuditAsync(tx, "seat.assigned", before, after, ct);
                return new SeatChange(after, dead);
            },
            ct);
    }

    /// <summary>Reclaims the seat and deletes its key. Idempotent.</summary>
    public async Task<Result<SeatChange>> ReclaimAsync(
        UnitOfWork tx, long tenantId, long seatId, CancellationToken ct)
    {
        if (await TenantRows.LockLivingAsync(tx, tenantId, ct) is null)
            return TenantNotFound;
        if (await SeatRows.LockAsync(tx, tenantId, seatId, ct) is not { } before)
            return NotFound;
        var after = before.MemberId is null ? before : (await TakeBackAsync(tx, before, "seat.reclaimed", ct)).Seat;
        // Even if nothing was left to do: this may be a retry after a node could not be reached.
        var db = await tx.OpenAsync(ct);
        return new SeatChange(
            after, await db.ListAsync<long>("select id from api_key where seat_id = @seatId", new { seatId }, ct));
    }

    private static Error.Conflict? WhyNotFree(Seat seat) => seat switch
    {
        { State: SeatState.Expired } => new(
            "The plan of the seat has ended; renew it first.",
            IdText.Format(IdText.Subscription, seat.SubscriptionId)),
        { MemberId: { } holder } => new(
            $"The seat is assigned to {IdText.Format(IdText.Member, holder)}; reclaim it first.",
            IdText.Format(IdText.Member, holder)),
        _ => null,
    };

    /// <summary>
    /// Reclaims expired seats of a member. A seat whose plan has ended must not keep its member from another one.
    /// </summary>
    private static async Task<IReadOnlyList<long>> GiveBackExpiredAsync(
        UnitOfWork tx, long tenantId, long memberId, CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        var expired = await db.ListAsync<Seat>(
            $"""
            {SeatRows.Select} where s.member_id = @memberId and s.tenant_id = @tenantId and u.expires_at <= @Now
            for no key update of s
            """,
            new { tenantId, memberId, tx.Now },
            ct);
        var dead = new List<long>();
        foreach (var seat in expired)
            dead.AddRange((await TakeBackAsync(tx, seat, "seat.given-back", ct)).DeadKeys);
        return dead;
    }

    internal static async Task<SeatChange> TakeBackAsync(
        UnitOfWork tx, Seat before, string action, CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        await db.RunAsync(
            "update seat set member_id = null, assigned_at = null where id = @Id", new { before.Id }, ct);
        var dead = await SeatRows.DeleteKeysAsync(db, [before.Id], tx.Now, ct);
        var after = before with
        {
            MemberId = null,
            MemberName = null,
            AssignedAt = null,
            KeyId = null,
            State = before.State == SeatState.Expired ? SeatState.Expired : SeatState.Unassigned,
        };
        await AuditAsync(tx, action, before, after, ct);
        return new(after, dead);
    }

    private static Task AuditAsync(
        UnitOfWork tx, string action, Seat before, Seat after, CancellationToken ct) =>
        AuditLog.AppendAsync(
            tx,
            new(action, after.TenantId, IdText.Format(IdText.Seat, after.Id), StateOf(before), StateOf(after)),
            ct);

    private static object StateOf(Seat seat) => new
    {
        seat.State,
        Member = IdOrNull(IdText.Member, seat.MemberId),
        Key = IdOrNull(IdText.Key, seat.KeyId),
    };

    private static string? IdOrNull(char prefix, long? id) => id is { } value ? IdText.Format(prefix, value) : null;
}
