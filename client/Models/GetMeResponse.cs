// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record GetMeResponse
{
    /// <summary>The member's id, such as <c>m0000000001a</c>.</summary>
    public required string MemberId { get; init; }

    /// <summary>The tenant's id, such as <c>t0000000001a</c>.</summary>
    public required string TenantId { get; init; }

    /// <summary>The member's user name.</summary>
    public required string UserName { get; init; }

    /// <summary>The member's role in the tenant.</summary>
    public required string TenantRole { get; init; }

    /// <summary>Whether a second factor is in effect.</summary>
    public required bool MfaEnabled { get; init; }

    /// <summary>Whether the password must be changed before anything else is allowed.</summary>
    public required bool MustChangePassword { get; init; }

    /// <summary>The seat that the member holds; null without one, or if its plan has ended.</summary>
    public required OwnSeatResponse? Seat { get; init; }

    /// <summary>
    /// The projects that the member sees: those it belongs to, or all for owners and administrators, who have the
    /// rights of a project administrator in each.
    /// </summary>
    public required IReadOnlyList<GetMeProjectMembership> Projects { get; init; }
}
