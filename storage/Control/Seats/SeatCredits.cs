using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Storage.Control.Tenants;

namespace Sluice.Storage.Control.Seats;

/// <summary>
/// Begins new periods of the credits of seats. A counter never falls, so what a seat has used in the month becomes the
/// base that its limits are counted from until the month ends.
/// </summary>
internal static class SeatCredits
{
    private const string Begin =
        """
        update seat s set credits_base = used.units, credits_base_until = @Until
        from unnest(@Seats, @Units) as used(id, units)
        where used.id = s.id and used.units > 0 and s.removed_at is null
          and (@Again or s.credits_base_until is null or s.credits_base_until <= @Now)
        returning s.id
        """;

    /// <summary>Begins a new period for all seats of a subscription; returns those that had used credits.</summary>
    /// <param name="tx">The action.</param>
    /// <param name="tenant">The tenant, whose month it is.</param>
    /// <param name="subscription">The plan.</param>
    /// <param name="again">
    /// Whether also seats that have begun one in this month begin another: for the operator, who sells the plan. A
    /// tenant could otherwise renew to the next minute again and again, and have credits without end.
    /// </param>
    /// <param name="ct">Cancels the action.</param>
    public static async Task<IReadOnlyList<long>> BeginPeriodAsync(
        UnitOfWork tx, Tenant tenant, Subscription subscription, bool again, CancellationToken ct)
    {
        var calendar = TenantCalendar.TryCreate(tenant.TimeZone, out var own, out _) ? own : TenantCalendar.Utc;
        var month = calendar.Current(PeriodKind.Month, tx.Now.ToUnixTimeMilliseconds());
        var db = await tx.OpenAsync(ct);
        var used = await SeatUsage.ReadAsync(db, subscription.Id, month.Key, ct);
        var fresh = await db.ListAsync<long>(
            Begin,
            new
            {
                Seats = used.Keys.ToArray(),
                Units = used.Values.ToArray(),
                Until = DateTimeOffset.FromUnixTimeMilliseconds(month.EndMs),
                Again = again,
                tx.Now,
            },
            ct);
        await RaiseVersionsAsync(tx, fresh, ct);
        return fresh;
    }

    /// <summary>Ends the bases whose month is over; returns their seats.</summary>
    public static async Task<IReadOnlyList<long>> EndPeriodsAsync(UnitOfWork tx, int most, CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        var ended = await db.ListAsync<long>(
            """
            update seat set credits_base = 0, credits_base_until = null
            where id in (
              select id from seat where credits_base_until <= @Now
              order by id limit @most for no key update skip locked)
            returning id
            """,
            new { tx.Now, most },
            ct);
        await RaiseVersionsAsync(tx, ended, ct);
        return ended;
    }

    private static async Task RaiseVersionsAsync(UnitOfWork tx, IReadOnlyList<long> seats, CancellationToken ct)
    {
        if (seats.Count == 0)
            return;
        var db = await tx.OpenAsync(ct);
        await db.RunAsync(
            """
            insert into limit_version (scope_kind, scope_id, version) select @Seat, unnest(@seats), 1
            on conflict (scope_kind, scope_id) do update set version = limit_version.version + 1
            """,
            new { Seat = (short)ScopeKind.Seat, seats = seats.ToArray() },
            ct);
    }
}
