using Sluice.Api.Lanes;

namespace Sluice.Api.Actions;

/// <summary>
/// The places of changes on this node. Each has a transaction, and with it one of few connections, so they are dealt
/// out by tenant: one tenant can't have them all, and its changes wait for each other.
/// </summary>
/// <param name="time">The clock of waits.</param>
internal sealed class ChangePlaces(TimeProvider time)
{
    /// <summary>Changes of one tenant that run at the same time.</summary>
    public const int RunningOfTenant = 3;

    /// <summary>Changes that run at the same time: a few less than there are connections, for sign-ins.</summary>
    private const int Running = ChangeSource.ConnectionsMax - 2;

    /// <summary>Changes that wait; one tenant may have as many as are still free.</summary>
    private const int WaitingMax = 256;

    /// <summary>How long a change waits for a place.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly FairQueue<long> _queue = new(Running, WaitingMax, RunningOfTenant);

    /// <summary>Waits for a place of the tenant's; dispose it when the transaction has ended.</summary>
    /// <param name="tenantId">The tenant; 0 for the operator, -1 for callers without a credential.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <returns>Null if too many of the tenant are waiting.</returns>
    /// <exception cref="TimeoutException">No place became free in time.</exception>
    public async Task<ChangePlace?> TakeAsync(long tenantId, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            return await _queue.TryEnterAsync(tenantId, either.Token) ? new ChangePlace(_queue, tenantId) : null;
        }
        catch (OperationCanceledException late) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException("No place for a change became free in time.", late);
        }
    }
}
