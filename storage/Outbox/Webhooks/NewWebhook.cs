namespace Sluice.Storage.Outbox.Webhooks;

/// <summary>A webhook to create.</summary>
/// <param name="Id">A new id.</param>
/// <param name="Url">The address; validated.</param>
/// <param name="Events">The events it subscribes to; at least one, each once.</param>
/// <param name="SealedSecret">The secret that signs its deliveries, encrypted.</param>
public sealed record NewWebhook(long Id, string Url, IReadOnlyList<string> Events, byte[] SealedSecret);
