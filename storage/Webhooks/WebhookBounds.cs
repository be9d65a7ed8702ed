namespace Sluice.Storage.Webhooks;

/// <summary>How much of everything about webhooks there may be.</summary>
public static class WebhookBounds
{
    /// <summary>Most webhooks of one tenant.</summary>
    public const int PerTenantMax = 20;

    /// <summary>Longest address, in characters, once it is written out in full.</summary>
    public const int UrlLengthMax = 2_000;

    /// <summary>Attempts at one delivery before it is given up.</summary>
    public const int AttemptsMax = 8;

    /// <summary>So many failures in a row disable a webhook, whatever the time.</summary>
    public const int FailuresMax = 300;

    /// <summary>Deliveries of one webhook that one claim takes, so that no receiver keeps a node to itself.</summary>
    public const int ClaimedPerWebhookMax = 5;

    /// <summary>Longest text that is kept of what a receiver said or what went wrong, in characters.</summary>
    public const int ErrorLengthMax = 200;

    /// <summary>So long with nothing but failures disables a webhook.</summary>
    public static readonly TimeSpan FailingMax = TimeSpan.FromDays(5);

    /// <summary>How long a secret that was replaced signs on beside the new one.</summary>
    public static readonly TimeSpan RotationGrace = TimeSpan.FromHours(24);

    /// <summary>
    /// How long a claimed delivery is nobody else's: longer than all that one claim takes can last, one after the
    /// other, each with the longest time that a receiver is given.
    /// </summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>Clocks of nodes may differ by so much without one having been put back.</summary>
    public static readonly TimeSpan ClocksApart = TimeSpan.FromSeconds(30);
}
