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
public readonly record struct SecretHolder(CachedKey Key, bool SecretEnded, long EndedAtMs = long.MaxValue);
