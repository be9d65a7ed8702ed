// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record AssignSeatRequest
{
    /// <summary>The member's id, such as <c>m0000000001a</c>; the member must have no seat.</summary>
    public required string MemberId { get; init; }
}
