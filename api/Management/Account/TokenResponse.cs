using Sluice.Storage.Control.Accounts;

namespace Sluice.Api.Management.Account;

/// <summary>An access token as its member sees it.</summary>
internal sealed record TokenResponse(
    string Id,
    string Name,
    IReadOnlyList<string> Scopes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt)
{
    public static TokenResponse Of(AccessToken token) => new(
        Ids.AccessToken(token.Id), token.Name, token.Scopes, token.CreatedAt, token.ExpiresAt, token.LastUsedAt);
}
