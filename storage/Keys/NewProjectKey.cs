namespace Sluice.Storage.Keys;

/// <summary>A project key to create.</summary>
/// <param name="Id">New; it is part of the key's text, so it is made together with the secret.</param>
/// <param name="Name">Unique in its project.</param>
/// <param name="SecretHash">SHA-256 of the secret.</param>
/// <param name="ExpiresAt">When it stops working; null for never.</param>
public sealed record NewProjectKey(long Id, string Name, byte[] SecretHash, DateTimeOffset? ExpiresAt);
