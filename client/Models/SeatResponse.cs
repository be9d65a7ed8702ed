// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>A seat as the API shows it.</summary>
public sealed record SeatResponse
{
    /// <summary>The seat's id, such as <c>s0000000001a</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Whether it is unassigned, assigned or expired.</summary>
    public required string State { get; init; }

    /// <summary>
    /// The id of the member who holds it, or held it when its plan ended, such as <c>m0000000001a</c>; null without
    /// one.
    /// </summary>
    public required string? MemberId { get; init; }

    /// <summary>The user name of that member; null without one.</summary>
    public required string? MemberName { get; init; }

    /// <summary>The id of the subscription that it belongs to, such as <c>u0000000001a</c>.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>The name of its plan.</summary>
    public required string Plan { get; init; }

    /// <summary>The end of its plan, in UTC: the first instant at which it gives no access.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Since when the member has held it, in UTC; null without a member.</summary>
    public required DateTimeOffset? AssignedAt { get; init; }

    /// <summary>The id of its key, such as <c>k0000000001a</c>; null if it has none.</summary>
    public required string? KeyId { get; init; }

    /// <summary>The monthly credits of its plan.</summary>
    public required decimal Credits { get; init; }
}
