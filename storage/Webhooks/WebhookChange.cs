namespace Sluice.Storage.Webhooks;

/// <summary>What is to be different about a webhook; null where it stays as it is.</summary>
/// <param name="Url">Where to; checked.</param>
/// <param name="Events">What it subscribes to.</param>
/// <param name="Enabled">Whether anything is sent there; switching it on also forgets its failures.</param>
public sealed record WebhookChange(string? Url, IReadOnlyList<string>? Events, bool? Enabled);
