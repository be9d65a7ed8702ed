namespace Sluice.Storage.Keys;

/// <summary>A personal key or a seat key to create.</summary>
/// <param name="Id">New; it is part of the key's text, so it is made together with the secret.</param>
/// <param name="Name">For people.</param>
/// <param name="SecretHash">SHA-256 of the whole key.</param>
/// <param name="ExpiresAt">When it stops working; null for not by itself.</param>
public sealed record NewHeldKey(long Id, string Name, byte[] SecretHash, DateTimeOffset? ExpiresAt);
