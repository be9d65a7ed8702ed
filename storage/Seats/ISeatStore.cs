using Sluice.Storage.Control;

namespace Sluice.Storage.Seats;

/// <summary>The seats of tenants.</summary>
public interface ISeatStore
{
    Task<Result<Page<Seat>>> ListAsync(long tenantId, PageRequest page, CancellationToken ct);

    /// <summary>Of all seats, whatever page is shown.</summary>
    Task<SeatCounts> CountAsync(long tenantId, CancellationToken ct);

    Task<Seat?> FindAsync(long tenantId, long seatId, CancellationToken ct);

    /// <summary>
    /// Refused unless the seat is unassigned, and where the member holds another one. Seats of the member whose plan
    /// has ended are given back first.
    /// </summary>
    Task<Result<SeatChange>> AssignAsync(
        UnitOfWork tx, long tenantId, long seatId, long memberId, CancellationToken ct);

    /// <summary>Takes the seat back and deletes its key; doing so twice is no error.</summary>
    Task<Result<SeatChange>> ReclaimAsync(UnitOfWork tx, long tenantId, long seatId, CancellationToken ct);
}
