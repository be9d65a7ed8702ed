// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>A key as the API shows it; without its secret, which is shown once.</summary>
public sealed record KeyResponse
{
    /// <summary>The key's id, such as <c>k0000000001a</c>; it is also readable in the key itself.</summary>
    public required string Id { get; init; }

    /// <summary>The key's name.</summary>
    public required string Name { get; init; }

    /// <summary>When it expires, in UTC; null if it has no expiry of its own.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was created, in UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last used, in UTC; null if never.</summary>
    public required DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>When the old secret stops working, in UTC; null if it no longer works.</summary>
    public required DateTimeOffset? OldSecretUntil { get; init; }

    /// <summary>
    /// When the old secret was last used since it was replaced, in UTC; null if it was not, or no longer works.
    /// </summary>
    public required DateTimeOffset? OldSecretLastUsedAt { get; init; }

    /// <summary>The kind of owner, which decides where its usage counts.</summary>
    public required string Kind { get; init; }

    /// <summary>The id of the project of a project key, such as <c>p0000000001a</c>; null for other keys.</summary>
    public required string? ProjectId { get; init; }

    /// <summary>
    /// The id of the member of a personal key, or of the member who holds the seat of a seat key, such as
    /// <c>m0000000001a</c>; null for project keys.
    /// </summary>
    public required string? MemberId { get; init; }

    /// <summary>The id of the seat of a seat key, such as <c>s0000000001a</c>; null for other keys.</summary>
    public required string? SeatId { get; init; }

    /// <summary>The name of the project of a project key, else the user name of the member.</summary>
    public required string? OwnerName { get; init; }
}
