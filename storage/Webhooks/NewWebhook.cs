namespace Sluice.Storage.Webhooks;

/// <summary>A webhook that is about to be.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Url">Where to; checked.</param>
/// <param name="Events">What it subscribes to; at least one, each once.</param>
/// <param name="SealedSecret">What signs its deliveries, sealed.</param>
public sealed record NewWebhook(long Id, string Url, IReadOnlyList<string> Events, byte[] SealedSecret);
