using Npgsql;
using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;
using Sluice.Storage.Control.Audit;
using Sluice.Storage.Control.Tenants;

namespace Sluice.Storage.Control.Seats;

/// <summary>Stores the subscriptions of tenants, which provide their seats.</summary>
public sealed class SubscriptionStore(NpgsqlDataSource source)
{
    private const string Select =
        """
        select id, tenant_id as TenantId, plan, seats, credits_per_seat as CreditsUnits, expires_at as ExpiresAt,
               created_at as CreatedAt
        from subscription
        """;

    private static readonly Error TenantNotFound = new Error.NotFound("tenant");

    /// <summary>
    /// Creates the subscription and its seats, each with its monthly credits; returns the seats' ids.
    /// </summary>
    public async Task<Result<(Subscription Subscription, IReadOnlyList<long> Seats)>> CreateAsync(
        UnitOfWork tx, long tenantId, NewSubscription subscription, CancellationToken ct)
    {
        if (await TenantRows.LockLivingAsync(tx, tenantId, ct) is null)
            return TenantNotFound;
        var created = new Subscription
        {
            Id = subscription.Id,
            TenantId = tenantId,
            Plan = subscription.Plan,
            Seats = subscription.Seats,
            CreditsUnits = subscription.CreditsUnits,
            ExpiresAt = subscription.ExpiresAt,
            CreatedAt = tx.Now,
        };
        var db = await tx.OpenAsync(ct);
        await db.RunAsync(
            """
            insert into subscription (id, tenant_id, plan, seats, credits_per_seat, expires_at, created_at)
            values (@Id, @TenantId, @Plan, @Seats, @CreditsUnits, @ExpiresAt, @CreatedAt)
            """,
            created,
            ct);
        var seats = await SeatRows.AddAsync(tx, created, created.Seats, ct);
        await AuditAsync(tx, "subscription.created", null, created, ct);
        return (created, seats);
    }

    public async Task<Result<Page<Subscription>>> ListAsync(long tenantId, PageRequest page, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        if (await TenantRows.FindLivingAsync(db, tenantId, ct) is null)
            return TenantNotFound;
        var rows = await db.ListAsync<Subscription>(
            $"""
            {Select}
            where tenant_id = @tenantId
              and (@After::bigint is null
                   or (created_at, id) > (select c.created_at, c.id from subscription c where c.id = @After))
            order by created_at, id limit @Limit + 1
            """,
            new { tenantId, page.After, page.Limit },
            ct);
        return Page<Subscription>.Of(rows, page.Limit);
    }

    /// <summary>
    /// Moves the end, and changes the number of seats if one is given. If the end had passed, every seat is unassigned,
    /// the old keys are deleted, and a new period of the seats' credits begins. Refused if there would be fewer seats
    /// than are assigned.
    /// </summary>
    public async Task<Result<Renewal>> RenewAsync(
        UnitOfWork tx,
        long tenantId,
        long subscriptionId,
        DateTimeOffset expiresAt,
        bool mayShorten,
        int? seats,
        CancellationToken ct)
    {
        if (await TenantRows.LockLivingAsync(tx, tenantId, ct) is not { } tenant)
            return TenantNotFound;
        var db = await tx.OpenAsync(ct);
        var before = await db.FindAsync<Subscription>(
            $"{Select} where id = @subscriptionId and tenant_id = @tenantId for no key update",
            new { tenantId, subscriptionId },
            ct);
        if (before is null)
            return new Error.NotFound("subscription");
        // A subscription that has ended may get any new end.
        if (!mayShorten && before.ExpiresAt > tx.Now && expiresAt < before.ExpiresAt)
        {
            return new Error.RulesBroken(
                "expiresAt", "not-later", $"Must not be before the present end, {before.ExpiresAt:u}.");
        }

        IReadOnlyList<long> fresh = [];
        if (before.ExpiresAt <= tx.Now)
        {
            await FreeAllAsync(tx, before, ct);
            fresh = await SeatCredits.BeginPeriodAsync(tx, tenant, before, again: mayShorten, ct);
        }

        var after = before with { ExpiresAt = expiresAt, Seats = seats ?? before.Seats };
        if (await ResizeAsync(tx, before, after.Seats, ct) is { } error)
            return error;
        // Nodes must notice that their copies of the keys are out of date.
        await db.RunAsync(
            """
            update subscription set expires_at = @ExpiresAt, seats = @Seats where id = @Id;
            update api_key k set credential_version = k.credential_version + 1
            from seat s where s.subscription_id = @Id and k.seat_id = s.id and k.deleted_at is null
            """,
            new { after.Id, after.ExpiresAt, after.Seats },
            ct);
        await AuditAsync(tx, "subscription.renewed", before, after, ct);
        return new Renewal(after, fresh);
    }

    /// <summary>
    /// Unassigns all seats: a member who held one when the plan ended needs a new assignment to get access again.
    /// </summary>
    private static async Task FreeAllAsync(UnitOfWork tx, Subscription subscription, CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        var freed = await db.ListAsync<long>(
            """
            update seat set member_id = null, assigned_at = null
            where subscription_id = @Id and member_id is not null
            returning id
            """,
            new { subscription.Id },
            ct);
        await SeatRows.DeleteKeysAsync(db, freed, tx.Now, ct);
    }

    /// <summary>Adds seats, or removes unassigned ones, the newest first.</summary>
    private static async Task<Error?> ResizeAsync(
        UnitOfWork tx, Subscription before, int seats, CancellationToken ct)
    {
        if (seats > before.Seats)
            await SeatRows.AddAsync(tx, before, seats - before.Seats, ct);
        if (seats >= before.Seats)
            return null;
        var db = await tx.OpenAsync(ct);
        var surplus = before.Seats - seats;
        var removed = await db.RunAsync(
            """
            update seat set removed_at = @Now
            where id in (
              select id from seat where subscription_id = @Id and removed_at is null and member_id is null
              order by created_at desc, id desc limit @surplus)
            """,
            new { before.Id, tx.Now, surplus },
            ct);
        return removed == surplus
            ? null
            : new Error.Conflict(
                $"Only {removed} seats are unassigned; reclaim {surplus - removed} more to go down to {seats}.");
    }

    private static Task AuditAsync(
        UnitOfWork tx, string action, Subscription? before, Subscription after, CancellationToken ct) =>
        AuditLog.AppendAsync(
            tx,
            new(
                action,
                after.TenantId,
                IdText.Format(IdText.Subscription, after.Id),
                before is null ? null : StateOf(before),
                StateOf(after)),
            ct);

    private static object StateOf(Subscription subscription) => new
    {
        subscription.Plan,
        subscription.Seats,
        CreditsPerSeat = ScaledNumber.ToDecimal(
            subscription.CreditsUnits, MetricCatalogue.BuiltIn[MetricId.Credits].Decimals),
        subscription.ExpiresAt,
    };
}
