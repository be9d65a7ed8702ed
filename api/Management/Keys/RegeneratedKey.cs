using Sluice.Api.Wire;
using Sluice.Storage.Keys;

namespace Sluice.Api.Management.Keys;

/// <summary>A key with its new secret.</summary>
/// <param name="Id">As before.</param>
/// <param name="Name">As before.</param>
/// <param name="OldSecretUntil">End of the grace time; null where the old secret is dead.</param>
/// <param name="Secret">The whole key, to be sent as the bearer token; shown this once.</param>
internal sealed record RegeneratedKey(string Id, string Name, DateTimeOffset? OldSecretUntil, string Secret)
{
    public static RegeneratedKey Of(StoredKey key, string secret) =>
        new(Ids.Key(key.Id), key.Name, key.PreviousUntil, secret);
}
