namespace Sluice.Storage.Control.Keys;

/// <summary>A personal key or a seat key to create.</summary>
/// <param name="Id">A new id; it is part of the key's text, so it is generated together with the secret.</param>
/// <param name="Name">The display name.</param>
/// <param name="SecretHash">SHA-256 of the whole key.</param>
/// <param name="ExpiresAt">When it stops working; null for no expiry of its own.</param>
public sealed record NewHeldKey(long Id, string Name, byte[] SecretHash, DateTimeOffset? ExpiresAt);
