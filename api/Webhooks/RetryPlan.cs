using Sluice.Storage.Outbox.Webhooks;

namespace Sluice.Api.Webhooks;

/// <summary>
/// Decides when a failed delivery is retried: 5 s, 25 s, 2 min, 10 min, 52 min, 4 h 20 min and 21 h 42 min after the
/// previous attempt, a day and three hours in all, each up to a fifth more or less so that deliveries that failed
/// together are not retried together.
/// </summary>
internal static class RetryPlan
{
    private const double FirstSeconds = 5;
    private const double Growth = 5;
    private const double Spread = 0.2;

    /// <param name="eventName">
    /// The event's name. A test is tried once, because someone is waiting for the result.
    /// </param>
    /// <param name="attempts">The number of failed attempts, this one included.</param>
    /// <param name="chance">A random number from 0 to 1.</param>
    /// <returns>The delay; null if the delivery is abandoned.</returns>
    public static TimeSpan? After(string eventName, int attempts, double chance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        if (eventName == WebhookEvents.Test || attempts >= WebhookBounds.AttemptsMax)
            return null;
        return TimeSpan.FromSeconds(
            FirstSeconds * Math.Pow(Growth, attempts - 1) * (1 - Spread + (2 * Spread * chance)));
    }
}
