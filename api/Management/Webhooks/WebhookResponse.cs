using Sluice.Storage.Outbox.Webhooks;

namespace Sluice.Api.Management.Webhooks;

/// <summary>A webhook as the API shows it, without its secret.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Url">Where deliveries are posted, as a normalized URL.</param>
/// <param name="Events">What it subscribes to; <c>*</c> for everything.</param>
/// <param name="State"><c>enabled</c> or <c>disabled</c>.</param>
/// <param name="DisabledBecause">
/// <c>gone</c> (the receiver answered 410), <c>failing</c> (for too long) or <c>switched-off</c>.
/// </param>
/// <param name="DisabledAt">When it was disabled.</param>
/// <param name="Failures">Failed attempts in a row.</param>
/// <param name="FailingSince">Since when all attempts have failed.</param>
/// <param name="PreviousSecretUntil">Until when the previous secret signs too.</param>
/// <param name="CreatedBy"><c>operator</c>, or the id of a member.</param>
/// <param name="CreatedAt">When it was created.</param>
internal sealed record WebhookResponse(
    string Id,
    string Url,
    IReadOnlyList<string> Events,
    WebhookState State,
    string? DisabledBecause,
    DateTimeOffset? DisabledAt,
    int Failures,
    DateTimeOffset? FailingSince,
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
