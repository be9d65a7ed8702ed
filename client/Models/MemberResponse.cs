// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>A member as the API shows it.</summary>
public sealed record MemberResponse
{
    /// <summary>The member's id, such as <c>m0000000001a</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The member's user name.</summary>
    public required string UserName { get; init; }

    /// <summary>The member's address; null without one.</summary>
    public required string? Email { get; init; }

    /// <summary>The member's role in the tenant.</summary>
    public required string Role { get; init; }

    /// <summary>When it was created, in UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether a second factor is in effect.</summary>
    public required bool MfaEnabled { get; init; }

    /// <summary>Whether the member has a personal key.</summary>
    public required bool HasPersonalKey { get; init; }

    /// <summary>The seat's id, such as <c>s0000000001a</c>; null without a seat, or if its plan has ended.</summary>
    public required string? SeatId { get; init; }
}
