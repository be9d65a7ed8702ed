namespace Sluice.Storage.Outbox.Webhooks;

/// <summary>Bounds of webhooks.</summary>
public static class WebhookBounds
{
    /// <summary>Maximum webhooks per tenant.</summary>
    public const int PerTenantMax = 20;

    /// <summary>Maximum length of an address in characters, in its full form.</summary>
    public const int UrlLengthMax = 2_000;

    /// <summary>Maximum attempts per delivery.</summary>
    public const int AttemptsMax = 8;

    /// <summary>Number of consecutive failures that disables a webhook, over any time.</summary>
    public const int FailuresMax = 300;

    /// <summary>Maximum deliveries of one webhook per claim, so that no receiver occupies a whole node.</summary>
    public const int ClaimedPerWebhookMax = 5;

    /// <summary>Maximum length of a stored response or error text, in characters.</summary>
    public const int ErrorLengthMax = 200;

    /// <summary>Time with nothing but failures that disables a webhook.</summary>
    public static readonly TimeSpan FailingMax = TimeSpan.FromDays(5);

    /// <summary>How long a replaced secret continues to sign in addition to the new one.</summary>
    public static readonly TimeSpan RotationGrace = TimeSpan.FromHours(24);

    /// <summary>
    /// Duration of a claim: longer than all deliveries of one claim can take, one after the other, each with the
    /// maximum time given to a receiver.
    /// </summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Maximum normal difference between the clocks of nodes; a larger one means that a clock was set back.
    /// </summary>
    public static readonly TimeSpan ClocksApart = TimeSpan.FromSeconds(30);
}
