namespace Sluice.Storage.Control.Accounts;

/// <summary>An access token to create.</summary>
/// <param name="Id">A new id.</param>
/// <param name="Name">Unique among the member's tokens.</param>
/// <param name="TokenHash">SHA-256 of the secret.</param>
/// <param name="Scopes">At least one scope.</param>
/// <param name="ExpiresAt">When the token expires; null for never.</param>
public sealed record NewAccessToken(
    long Id, string Name, byte[] TokenHash, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt);
