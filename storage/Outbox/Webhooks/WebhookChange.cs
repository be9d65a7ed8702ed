namespace Sluice.Storage.Outbox.Webhooks;

/// <summary>The changes to a webhook; null leaves a field unchanged.</summary>
/// <param name="Url">The address; validated.</param>
/// <param name="Events">The events it subscribes to.</param>
/// <param name="Enabled">Whether anything is sent; enabling it also resets its failures.</param>
public sealed record WebhookChange(string? Url, IReadOnlyList<string>? Events, bool? Enabled);
