namespace Sluice.Storage.Webhooks;

/// <summary>Why nothing is sent to a webhook any more. The words are the contract's and are stored.</summary>
public static class WebhookEnds
{
    /// <summary>The receiver said that it is gone for good.</summary>
    public const string Gone = "gone";

    /// <summary>Nothing has arrived there for too long, or too often.</summary>
    public const string Failing = "failing";

    /// <summary>Somebody has switched it off.</summary>
    public const string SwitchedOff = "switched-off";
}
