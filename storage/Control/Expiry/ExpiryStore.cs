using Npgsql;
using Sluice.Metering.Identity;
using Sluice.Storage.Control.Limits;
using Sluice.Storage.Control.Seats;

namespace Sluice.Storage.Control.Expiry;

/// <summary>
/// Cleans up after items that end at an instant: nothing works longer because this has not run, but lists and the audit
/// log then show the end. Invitations need no cleanup: one that has expired can still be sent again.
/// </summary>
public sealed class ExpiryStore(NpgsqlDataSource source, TimeProvider time, BoostStore boosts)
{
    /// <summary>Maximum items per transaction.</summary>
    private const int BatchMax = 100;

    /// <summary>How long ended sessions are kept for the audit.</summary>
    private static readonly TimeSpan SessionsStay = TimeSpan.FromDays(90);

    /// <summary>Reclaims seats whose plan has ended, and deletes their keys.</summary>
    public async Task<Expired> ExpireSeatsAsync(CancellationToken ct)
    {
        await using var tx = new UnitOfWork(source, time);
        var db = await tx.OpenAsync(ct);
        var expired = await db.ListAsync<Seat>(
            $"""
            {SeatRows.Select} where s.member_id is not null and u.expires_at <= @Now
            order by s.id limit @BatchMax for no key update of s skip locked
            """,
            new { tx.Now, BatchMax },
            ct);
        var dead = new List<long>();
        foreach (var seat in expired)
            dead.AddRange((await SeatStore.TakeBackAsync(tx, seat, "seat.expired", ct)).DeadKeys);
        await tx.CommitAsync(ct);
        return new(expired.Count, dead, []);
    }

    /// <summary>Removes ended boosts from their limits.</summary>
    public async Task<Expired> EndBoostsAsync(CancellationToken ct)
    {
        await using var tx = new UnitOfWork(source, time);
        var db = await tx.OpenAsync(ct);
        var ended = await db.ListAsync<(long Id, long TenantId)>(
            """
            select id, tenant_id from usage_limit where boost_id is not null and boosted_until <= @Now
            order by id limit @BatchMax for no key update skip locked
            """,
            new { tx.Now, BatchMax },
            ct);
        var scopes = new HashSet<ScopeId>();
        foreach (var (id, tenantId) in ended)
        {
            var limit = (await db.FindAsync<StoredLimit>($"{LimitRows.Select} where l.id = @id", new { id }, ct))!;
            await boosts.SetAsync(tx, tenantId, limit, null, ct);
            scopes.Add(new ScopeId(limit.ScopeKind, limit.ScopeId));
        }

        await tx.CommitAsync(ct);
        return new(ended.Count, [], [.. scopes]);
    }

    /// <summary>Ends what a renewal added to the credits of seats in a month that is over.</summary>
    public async Task<Expired> EndCreditPeriodsAsync(CancellationToken ct)
    {
        await using var tx = new UnitOfWork(source, time);
        var ended = await SeatCredits.EndPeriodsAsync(tx, BatchMax, ct);
        await tx.CommitAsync(ct);
        return new(ended.Count, [], [.. ended.Select(static seat => new ScopeId(ScopeKind.Seat, seat))]);
    }

    /// <summary>Deletes sessions that ended long ago.</summary>
    public async Task<Expired> ForgetSessionsAsync(CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return new(
            await db.RunAsync(
                """
                delete from console_session where id in (
                  select id from console_session where expires_at < @Oldest limit @BatchMax)
                """,
                new { Oldest = time.GetUtcNow() - SessionsStay, BatchMax },
                ct),
            [],
            []);
    }
}
