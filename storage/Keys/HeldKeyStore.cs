using Npgsql;
using Sluice.Metering.Identity;
using Sluice.Metering.Keys;
using Sluice.Storage.Control;
using Sluice.Storage.Members;
using Sluice.Storage.Seats;
using Sluice.Storage.Tenants;

namespace Sluice.Storage.Keys;

/// <inheritdoc cref="IHeldKeyStore"/>
internal sealed class HeldKeyStore(NpgsqlDataSource source, TimeProvider time) : IHeldKeyStore
{
    private const string OfHolder =
        $"""
        {KeyRows.Select}
        where tenant_id = @TenantId and kind = @Kind and case when kind = 0 then member_id else seat_id end = @HolderId
          and exists (select from tenant t where t.id = @TenantId and t.state <> 2)
        """;

    private const string Living = $"{OfHolder} and deleted_at is null";

    private static readonly Error NotFound = new Error.NotFound("key");

    public async Task<Result<StoredKey>> FindAsync(HeldKey held, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return await db.FindAsync<StoredKey>(Living, ValuesOf(held, time.GetUtcNow()), ct) is { } key
            ? key
            : NotFound;
    }

    public async Task<Result<StoredKey>> CreateAsync(
        UnitOfWork tx, HeldKey held, NewHeldKey key, CancellationToken ct)
    {
        if (await TenantRows.LockLivingAsync(tx, held.TenantId, ct) is null)
            return new Error.NotFound("tenant");
        if ((await HolderAsync(tx, held, ct)).IsError(out var error, out var member))
            return error;
        var created = new StoredKey
        {
            Id = key.Id,
            TenantId = held.TenantId,
            MemberId = member,
            SeatId = held.Kind == KeyKind.Seat ? held.HolderId : null,
            Kind = held.Kind,
            Name = key.Name,
            ExpiresAt = key.ExpiresAt,
            CreatedAt = tx.Now,
            CredentialVersion = 1,
        };
        return await Constraints.GuardAsync<StoredKey>(
            tx,
            new { created.MemberId, created.SeatId },
            async db => await KeyRows.InsertAsync(tx, db, created, key.SecretHash, ct),
            ct);
    }

    public async Task<Result<StoredKey>> LockAsync(UnitOfWork tx, HeldKey held, CancellationToken ct)
    {
        if (await TenantRows.LockLivingAsync(tx, held.TenantId, ct) is null)
            return new Error.NotFound("tenant");
        var db = await tx.OpenAsync(ct);
        return await db.FindAsync<StoredKey>($"{Living} for no key update", ValuesOf(held, tx.Now), ct) is { } key
            ? key
            : NotFound;
    }

    public Task<StoredKey> RegenerateAsync(
        UnitOfWork tx, StoredKey key, byte[] secretHash, TimeSpan grace, CancellationToken ct) =>
        KeyRows.RegenerateAsync(tx, key, secretHash, grace, ct);

    public async Task<Result<StoredKey>> DeleteAsync(UnitOfWork tx, HeldKey held, CancellationToken ct)
    {
        if (await TenantRows.LockLivingAsync(tx, held.TenantId, ct) is null)
            return new Error.NotFound("tenant");
        var db = await tx.OpenAsync(ct);
        var last = await db.FindAsync<StoredKey>(
            $"{OfHolder} order by deleted_at desc nulls first limit 1 for no key update", ValuesOf(held, tx.Now), ct);
        return last switch
        {
            null => NotFound,
            { DeletedAt: null } => await KeyRows.DeleteAsync(tx, last, ct),
            _ => last,
        };
    }

    /// <summary>The member whose key it is to be.</summary>
    private static async Task<Result<long>> HolderAsync(UnitOfWork tx, HeldKey held, CancellationToken ct)
    {
        if (held.Kind == KeyKind.Personal)
        {
            var db = await tx.OpenAsync(ct);
            return await MemberRows.FindLivingAsync(db, held.TenantId, held.HolderId, tx.Now, ct) is null
                ? new Error.NotFound("member")
                : held.HolderId;
        }

        if (await SeatRows.LockAsync(tx, held.TenantId, held.HolderId, ct) is not { } seat)
            return new Error.NotFound("seat");
        return seat switch
        {
            { State: SeatState.Expired } =>
                new Error.Conflict(
                    "The plan of the seat has ended; renew it first.",
                    IdText.Format(IdText.Subscription, seat.SubscriptionId)),
            { MemberId: { } member } => member,
            _ => new Error.Conflict("The seat is not assigned; a key is for somebody."),
        };
    }

    private static object ValuesOf(HeldKey held, DateTimeOffset now) =>
        new { held.TenantId, Kind = (short)held.Kind, held.HolderId, Now = now };
}
