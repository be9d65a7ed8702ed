using Npgsql;
using Sluice.Metering.Identity;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;

namespace Sluice.Storage.Control.Seats;

/// <summary>Reads and creates seat rows, for the stores of seats, subscriptions and keys.</summary>
internal static class SeatRows
{
    /// <summary>Selects seats. Requires <c>@Now</c>: whether a plan has ended depends on the clock alone.</summary>
    public const string Select =
        """
        select s.id, s.tenant_id as TenantId, s.subscription_id as SubscriptionId, u.plan, s.member_id as MemberId,
               (select m.user_name from member m where m.id = s.member_id) as MemberName, s.assigned_at as AssignedAt,
               u.expires_at as ExpiresAt, u.credits_per_seat as CreditsUnits,
               case when s.credits_base_until > @Now then s.credits_base else 0 end as CreditsBaseUnits,
               case when u.expires_at <= @Now then 2 when s.member_id is null then 0 else 1 end as State,
               (select k.id from api_key k where k.seat_id = s.id and k.deleted_at is null) as KeyId
        from seat s join subscription u on u.id = s.subscription_id
        """;

    public static async Task<Seat?> LockAsync(
        UnitOfWork tx, long tenantId, long seatId, CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        return await db.FindAsync<Seat>(
            $"""
            {Select} where s.id = @seatId and s.tenant_id = @tenantId and s.removed_at is null
            for no key update of s
            """,
            new { tenantId, seatId, tx.Now },
            ct);
    }

    /// <summary>
    /// Creates seats with the monthly credits of their plan as a limit. No node knows the seats yet, so none needs to
    /// be notified of the limits.
    /// </summary>
    public static async Task<IReadOnlyList<long>> AddAsync(
        UnitOfWork tx, Subscription subscription, int count, CancellationToken ct)
    {
        var ids = new long[count];
        for (var i = 0; i < count; i++)
            ids[i] = IdText.NewValue();
        var db = await tx.OpenAsync(ct);
        await db.RunAsync(
            """
            insert into seat (id, tenant_id, subscription_id, created_at)
            select unnest(@ids), @TenantId, @Id, @Now;
            insert into usage_limit (tenant_id, scope_kind, scope_id, metric, period, kind, source, value, created_at)
            select @TenantId, @Scope, unnest(@ids), @Metric, @Period, @Blocked, @Source, @CreditsUnits, @Now;
            insert into limit_version (scope_kind, scope_id, version) select @Scope, unnest(@ids), 1
            """,
            new
            {
                ids,
                subscription.TenantId,
                subscription.Id,
                tx.Now,
                Scope = (short)ScopeKind.Seat,
                Metric = MetricId.Credits.Value,
                Period = (short)PeriodKind.Month,
                Blocked = (short)LimitKind.Blocked,
                Source = (short)LimitSource.Plan,
                subscription.CreditsUnits,
            },
            ct);
        return ids;
    }

    /// <summary>Deletes the active keys of seats, and returns their ids.</summary>
    public static Task<IReadOnlyList<long>> DeleteKeysAsync(
        NpgsqlConnection db, IReadOnlyCollection<long> seatIds, DateTimeOffset now, CancellationToken ct) =>
        db.ListAsync<long>(
            """
            update api_key
            set deleted_at = @now, credential_version = credential_version + 1
            where seat_id = any(@seats) and deleted_at is null
            returning id
            """,
            new { seats = seatIds.ToArray(), now },
            ct);
}
