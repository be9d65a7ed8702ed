namespace Sluice.Storage.Control.Accounts;

/// <summary>An access token of a member, without its secret, which is not stored.</summary>
public sealed record AccessToken
{
    public required long Id { get; init; }

    public required string Name { get; init; }

    public required string[] Scopes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }
}
