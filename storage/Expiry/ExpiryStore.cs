using Npgsql;
using Sluice.Metering.Identity;
using Sluice.Storage.Control;
using Sluice.Storage.Limits;
using Sluice.Storage.Seats;

namespace Sluice.Storage.Expiry;

/// <summary>
/// Tidies up after what ends at an instant: nothing works a moment longer because this has not run, but lists and the
/// audit log say so afterwards. Invitations need no tidying: one that has expired can still be sent again.
/// </summary>
public sealed class ExpiryStore(NpgsqlDataSource source, TimeProvider time, IBoostStore boosts)
{
    /// <summary>Things of one transaction.</summary>
    private const int BatchMax = 100;

    /// <summary>Ended sessions stay for the audit's sake.</summary>
    private static readonly TimeSpan SessionsStay = TimeSpan.FromDays(90);

    /// <summary>Takes back seats whose plan has ended, and deletes their keys.</summary>
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

    /// <summary>Takes ended boosts off their limits.</summary>
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

    /// <summary>Forgets sessions that ended long ago.</summary>
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
