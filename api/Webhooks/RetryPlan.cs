using Sluice.Storage.Webhooks;

namespace Sluice.Api.Webhooks;

/// <summary>
/// When a failed delivery is tried again: 5 s, 25 s, 2 min, 10 min, 52 min, 4 h 20 min and 21 h 42 min after the
/// attempt before, a day and three hours in all, each up to a fifth more or less so that what failed together does not
/// come back together.
/// </summary>
internal static class RetryPlan
{
    private const double FirstSeconds = 5;
    private const double Growth = 5;
    private const double Spread = 0.2;

    /// <param name="eventName">A test is tried once: whoever asks for it waits for what comes of it.</param>
    /// <param name="attempts">How many have failed, this one included.</param>
    /// <param name="chance">From 0 to 1.</param>
    /// <returns>Null where it is given up.</returns>
    public static TimeSpan? After(string eventName, int attempts, double chance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        if (eventName == WebhookEvents.Test || attempts >= WebhookBounds.AttemptsMax)
            return null;
        return TimeSpan.FromSeconds(
            FirstSeconds * Math.Pow(Growth, attempts - 1) * (1 - Spread + (2 * Spread * chance)));
    }
}
