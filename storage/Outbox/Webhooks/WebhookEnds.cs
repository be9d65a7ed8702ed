namespace Sluice.Storage.Outbox.Webhooks;

/// <summary>The reasons for which a webhook is disabled. The words are part of the contract and are stored.</summary>
public static class WebhookEnds
{
    /// <summary>The receiver responded that it is gone for good.</summary>
    public const string Gone = "gone";

    /// <summary>Deliveries have failed for too long, or too often.</summary>
    public const string Failing = "failing";

    /// <summary>A user has disabled it.</summary>
    public const string SwitchedOff = "switched-off";
}
