namespace Sluice.Storage.Accounts;

/// <summary>An access token to make.</summary>
/// <param name="Id">New.</param>
/// <param name="Name">Unique among the member's tokens.</param>
/// <param name="TokenHash">SHA-256 of its secret.</param>
/// <param name="Scopes">At least one.</param>
/// <param name="ExpiresAt">Null for never.</param>
public sealed record NewAccessToken(
    long Id, string Name, byte[] TokenHash, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt);
