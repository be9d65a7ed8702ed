using Sluice.Api.Wire;
using Sluice.Storage.Accounts;

namespace Sluice.Api.Management.Account;

/// <summary>An access token as its member sees it.</summary>
internal sealed record TokenView(
    string Id,
    string Name,
    IReadOnlyList<string> Scopes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt)
{
    public static TokenView Of(AccessToken token) => new(
        Ids.AccessToken(token.Id), token.Name, token.Scopes, token.CreatedAt, token.ExpiresAt, token.LastUsedAt);
}
