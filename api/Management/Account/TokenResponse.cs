using Sluice.Storage.Control.Accounts;

namespace Sluice.Api.Management.Account;

/// <summary>An access token as its member sees it.</summary>
/// <param name="Id">The token's id, such as <c>a0000000001a</c>.</param>
/// <param name="Name">The token's name.</param>
/// <param name="Scopes">The token's scopes; it never has a permission that its member lacks.</param>
/// <param name="CreatedAt">When it was created, in UTC.</param>
/// <param name="ExpiresAt">When it expires, in UTC; null if never.</param>
/// <param name="LastUsedAt">When it was last used, in UTC; null if never.</param>
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
