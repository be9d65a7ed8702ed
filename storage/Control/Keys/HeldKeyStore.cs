using Npgsql;
using Sluice.Metering.Identity;
using Sluice.Metering.Keys;
using Sluice.Storage.Control.Members;
using Sluice.Storage.Control.Seats;
using Sluice.Storage.Control.Tenants;

namespace Sluice.Storage.Control.Keys;

/// <summary>Stores the keys of which a holder has at most one: those of members and of seats.</summary>
public sealed class HeldKeyStore(NpgsqlDataSource source, TimeProvider time)
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

    /// <summary>
    /// Creates a key. Refused if the holder has a key, and for a seat that is not assigned or whose plan has ended.
    /// </summary>
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

    /// <summary>Reads the active key and locks it until the action ends.</summary>
    public async Task<Result<StoredKey>> LockAsync(UnitOfWork tx, HeldKey held, CancellationToken ct)
    {
        if (await TenantRows.LockLivingAsync(tx, held.TenantId, ct) is null)
            return new Error.NotFound("tenant");
        var db = await tx.OpenAsync(ct);
        return await db.FindAsync<StoredKey>($"{Living} for no key update", ValuesOf(held, tx.Now), ct) is { } key
            ? key
            : NotFound;
    }

    /// <inheritdoc cref="KeyStore.RegenerateAsync"/>
    /// <param name="tx">The action's transaction.</param>
    /// <param name="key">The key returned by <see cref="LockAsync"/>.</param>
    /// <param name="secretHash">SHA-256 of the whole new key.</param>
    /// <param name="grace">How long the old secret continues to work.</param>
    /// <param name="ct">Cancels the action.</param>
    public Task<StoredKey> RegenerateAsync(
        UnitOfWork tx, StoredKey key, byte[] secretHash, TimeSpan grace, CancellationToken ct) =>
        KeyRows.RegenerateAsync(tx, key, secretHash, grace, ct);

    /// <summary>Deletes the key; idempotent, as long as the holder has no new one.</summary>
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

    /// <summary>Finds the member who will hold the key.</summary>
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
            _ => new Error.Conflict("The seat is not assigned; assign it to a member first."),
        };
    }

    private static object ValuesOf(HeldKey held, DateTimeOffset now) =>
        new { held.TenantId, Kind = (short)held.Kind, held.HolderId, Now = now };
}
