using Sluice.Storage.Control;

namespace Sluice.Storage.Seats;

/// <summary>The plans of tenants, which their seats come from.</summary>
public interface ISubscriptionStore
{
    /// <summary>Makes the subscription and its seats, each with its monthly credits; tells the seats' ids.</summary>
    Task<Result<(Subscription Subscription, IReadOnlyList<long> Seats)>> CreateAsync(
        UnitOfWork tx, long tenantId, NewSubscription subscription, CancellationToken ct);

    Task<Result<Page<Subscription>>> ListAsync(long tenantId, PageRequest page, CancellationToken ct);

    /// <summary>
    /// Moves the end, and the number of seats where one is given. After the end had passed, every seat is unassigned
    /// and the old keys are deleted. Refused where there would be fewer seats than are assigned.
    /// </summary>
    Task<Result<Subscription>> RenewAsync(
        UnitOfWork tx,
        long tenantId,
        long subscriptionId,
        DateTimeOffset expiresAt,
        bool mayShorten,
        int? seats,
        CancellationToken ct);
}
