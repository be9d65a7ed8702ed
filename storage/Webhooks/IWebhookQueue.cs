namespace Sluice.Storage.Webhooks;

/// <summary>Deliveries that are due. Any number of nodes may draw from it; none gets what another has.</summary>
public interface IWebhookQueue
{
    /// <summary>
    /// Claims deliveries that are due, the oldest of each webhook first, for as long as a lease lasts.
    /// </summary>
    /// <param name="busy">Webhooks that the caller is busy with; none of theirs are claimed.</param>
    /// <param name="webhooksMax">Of how many webhooks at most.</param>
    /// <param name="now">The instant by which they are due.</param>
    /// <param name="ct">Cancels it.</param>
    Task<IReadOnlyList<DueDelivery>> ClaimAsync(
        IReadOnlyCollection<long> busy, int webhooksMax, DateTimeOffset now, CancellationToken ct);

    /// <summary>
    /// Makes due what waits by a clock that has since been put back: what was last tried, or made, in what is now the
    /// future would else wait for that future too.
    /// </summary>
    /// <returns>How many deliveries.</returns>
    Task<int> CatchUpAsync(DateTimeOffset now, CancellationToken ct);

    /// <summary>Notes how an attempt ended, and disables the webhook where that is the last straw.</summary>
    /// <returns>
    /// Why the webhook was disabled by this, of <see cref="WebhookEnds"/>; null where it was not.
    /// </returns>
    Task<string?> EndAsync(DueDelivery delivery, DeliveryEnd end, CancellationToken ct);

    /// <summary>Gives back what was claimed and not tried.</summary>
    Task ReleaseAsync(IReadOnlyList<DueDelivery> deliveries, DateTimeOffset now, CancellationToken ct);
}
