namespace Sluice.Engine.Keys;

/// <summary>
/// The sender of a request that ends a reservation: the holder of a secret, which may have stopped working, or a
/// gateway that names the key.
/// </summary>
/// <param name="Key">The key of the reservation.</param>
/// <param name="SecretEnded">
/// Whether the secret no longer works: it may then end only what was begun with it, until the hold's end and with at
/// most what is held.
/// </param>
/// <param name="EndedAtMs">
/// When the secret stopped working, if the key got another one after that; otherwise <see cref="long.MaxValue"/>.
/// </param>
/// <param name="ByGateway">Whether a gateway vouches for the key, so that no secret limits what it may end.</param>
public readonly record struct SecretHolder(
    CachedKey Key, bool SecretEnded, long EndedAtMs = long.MaxValue, bool ByGateway = false)
{
    /// <summary>
    /// Whether the end counts although the key has ended. Not for a secret that worked when it was recognised: if its
    /// key has ended since, the secret must be recognised again, because it may now end only what is held.
    /// </summary>
    public bool OutlivesKey => SecretEnded || ByGateway;
}
