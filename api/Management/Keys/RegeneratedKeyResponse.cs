using Sluice.Storage.Control.Keys;

namespace Sluice.Api.Management.Keys;

/// <summary>A key with its new secret.</summary>
/// <param name="Id">The key's id, such as <c>k0000000001a</c>.</param>
/// <param name="Name">The key's name.</param>
/// <param name="OldSecretUntil">When the old secret stops working, in UTC; null if it no longer works.</param>
/// <param name="Secret">The whole key, to be sent as the bearer token; shown once.</param>
internal sealed record RegeneratedKeyResponse(string Id, string Name, DateTimeOffset? OldSecretUntil, string Secret)
{
    public static RegeneratedKeyResponse Of(StoredKey key, string secret) =>
        new(Ids.Key(key.Id), key.Name, key.PreviousUntil, secret);
}
