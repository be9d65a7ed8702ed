using Npgsql;

namespace Sluice.Storage.Control.Prices;

/// <summary>The lock under which price books are written, one at a time.</summary>
internal static class PriceBookLock
{
    /// <summary>
    /// The number of an advisory lock: arbitrary, but the same on every node. A lock on the table would need more
    /// rights than to add rows.
    /// </summary>
    private const long Number = 0x51_01CE_B00C;

    /// <summary>Takes the lock until the end of the transaction.</summary>
    public static Task TakeAsync(NpgsqlConnection db, CancellationToken ct) =>
        db.RunAsync("select pg_advisory_xact_lock(@Number)", new { Number }, ct);
}
