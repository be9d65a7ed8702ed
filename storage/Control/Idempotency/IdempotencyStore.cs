using Npgsql;

namespace Sluice.Storage.Control.Idempotency;

/// <summary>
/// Stores the responses of mutations, in the mutations' own transactions: an action and its stored response commit
/// together, even across a crash.
/// </summary>
public sealed class IdempotencyStore(NpgsqlDataSource source, TimeProvider time)
{
    /// <summary>How long a response is kept.</summary>
    private static readonly TimeSpan Retention = TimeSpan.FromDays(1);

    /// <summary>Old rows deleted by each claim: more than it adds, so the table can't grow forever.</summary>
    private const int ClearedPerClaim = 20;

    private const string Select =
        """
        select fingerprint, status, content_type as ContentType, location, body, changes
        from idempotency where principal = @Principal and key_hash = @KeyHash
        """;

    private sealed record Row
    {
        public required byte[] Fingerprint { get; init; }

        public required short Status { get; init; }

        public string? ContentType { get; init; }

        public string? Location { get; init; }

        public required byte[] Body { get; init; }

        public required string Changes { get; init; }
    }

    /// <summary>
    /// Returns what is known of the key without claiming it, so without a transaction that would be held meanwhile.
    /// </summary>
    public async Task<Claim> FindAsync(ActionKey key, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        var row = await db.FindAsync<Row>(
            $"{Select} and created_at >= @Oldest",
            new { key.Principal, key.KeyHash, Oldest = time.GetUtcNow() - Retention },
            ct);
        return row is null ? Claim.First.Instance : Read(row, key);
    }

    /// <summary>
    /// Claims the key for this transaction. Waits for a transaction that holds it, up to
    /// <see cref="UnitOfWork.LockTimeout"/>.
    /// </summary>
    /// <exception cref="Npgsql.PostgresException"><c>55P03</c>: the other transaction is still running.</exception>
    public async Task<Claim> ClaimAsync(UnitOfWork tx, ActionKey key, CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        var values = new
        {
            key.Principal,
            key.KeyHash,
            key.Fingerprint,
            tx.Now,
            Oldest = tx.Now - Retention,
            ClearedPerClaim,
        };
        // An old row of this key is always deleted; of the others, only those that no other transaction is deleting.
        await db.RunAsync(
            """
            delete from idempotency where principal = @Principal and key_hash = @KeyHash and created_at < @Oldest;
            delete from idempotency where ctid = any (array(
              select ctid from idempotency where created_at < @Oldest limit @ClearedPerClaim for update skip locked))
            """,
            values,
            ct);
        // Waits if another transaction has inserted the same key and not ended: if that one rolls back, this one is
        // first after all; if it commits, its row is visible to the next statement.
        var inserted = await db.RunAsync(
            """
            insert into idempotency (principal, key_hash, fingerprint, created_at)
            values (@Principal, @KeyHash, @Fingerprint, @Now) on conflict do nothing
            """,
            values,
            ct);
        if (inserted > 0)
            return Claim.First.Instance;

        var row = await db.FindAsync<Row>(Select, values, ct)
            ?? throw new InvalidOperationException("A remembered answer went away while it was claimed.");
        return Read(row, key);
    }

    /// <summary>Stores the response for a claimed key; it commits with the action.</summary>
    public async Task RememberAsync(UnitOfWork tx, ActionKey key, StoredResponse answer, CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        await db.RunAsync(
            """
            update idempotency
            set status = @Status, content_type = @ContentType, location = @Location, body = @SealedBody,
                changes = @Changes
            where principal = @Principal and key_hash = @KeyHash
            """,
            new
            {
                key.Principal,
                key.KeyHash,
                Status = (short)answer.Status,
                answer.ContentType,
                answer.Location,
                answer.SealedBody,
                answer.Changes,
            },
            ct);
    }

    private static Claim Read(Row row, ActionKey key) => row.Fingerprint.AsSpan().SequenceEqual(key.Fingerprint)
        ? new Claim.Done(new(row.Status, row.ContentType, row.Location, row.Body, row.Changes))
        : Claim.OtherRequest.Instance;
}
