using Sluice.Storage.Control.Keys;

namespace Sluice.Api.Management.Keys;

/// <summary>A key with its new secret.</summary>
/// <param name="Id">As before.</param>
/// <param name="Name">As before.</param>
/// <param name="OldSecretUntil">The end of the grace time; null if the old secret no longer works.</param>
/// <param name="Secret">The whole key, to be sent as the bearer token; shown once.</param>
internal sealed record RegeneratedKeyResponse(string Id, string Name, DateTimeOffset? OldSecretUntil, string Secret)
{
    public static RegeneratedKeyResponse Of(StoredKey key, string secret) =>
        new(Ids.Key(key.Id), key.Name, key.PreviousUntil, secret);
}
