using Sluice.Storage.Outbox.Webhooks;

namespace Sluice.Api.Management.Webhooks;

/// <summary>A webhook as the API shows it, without its secret.</summary>
/// <param name="Id">The webhook's id, such as <c>w0000000001a</c>.</param>
/// <param name="Url">Where deliveries are posted, as a normalized URL.</param>
/// <param name="Events">What it subscribes to; <c>*</c> for all events.</param>
/// <param name="State">Whether deliveries are sent to it.</param>
/// <param name="DisabledBecause">
/// Why it is disabled: <c>gone</c> (the receiver answered 410), <c>failing</c> (for too long) or <c>switched-off</c>;
/// null if it is enabled.
/// </param>
/// <param name="DisabledAt">When it was disabled, in UTC; null if it is enabled.</param>
/// <param name="Failures">The number of failed attempts in a row.</param>
/// <param name="FailingSince">Since when all attempts have failed, in UTC; null if the last one did not.</param>
/// <param name="PreviousSecretUntil">
/// Until when the previous secret signs deliveries too, in UTC; null if it does not.
/// </param>
/// <param name="CreatedBy">Who created it: <c>operator</c> or a member's id.</param>
/// <param name="CreatedAt">When it was created, in UTC.</param>
internal sealed record WebhookResponse(
    string Id,
    string Url,
    IReadOnlyList<string> Events,
    WebhookState State,
    string? DisabledBecause,
    DateTimeOffset? DisabledAt,
    [property: Observed] int Failures,
    [property: Observed] DateTimeOffset? FailingSince,
    DateTimeOffset? PreviousSecretUntil,
    string CreatedBy,
    DateTimeOffset CreatedAt)
{
    public static WebhookResponse Of(Webhook webhook, DateTimeOffset now) => new(
        Ids.Webhook(webhook.Id),
        webhook.Url,
        webhook.Events,
        webhook.DisabledAt is null ? WebhookState.Enabled : WebhookState.Disabled,
        webhook.DisabledBecause,
        webhook.DisabledAt,
        webhook.Failures,
        webhook.FailingSince,
        webhook.PreviousUntil > now ? webhook.PreviousUntil : null,
        webhook.CreatedBy,
        webhook.CreatedAt);
}
