namespace Sluice.Storage.Control.Keys;

/// <summary>A project key to create.</summary>
/// <param name="Id">A new id; it is part of the key's text, so it is generated together with the secret.</param>
/// <param name="Name">Unique in its project.</param>
/// <param name="SecretHash">SHA-256 of the whole key.</param>
/// <param name="ExpiresAt">When it stops working; null for never.</param>
public sealed record NewProjectKey(long Id, string Name, byte[] SecretHash, DateTimeOffset? ExpiresAt);
