// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>The seat of the signed-in member.</summary>
public sealed record OwnSeatResponse
{
    /// <summary>The seat's id, such as <c>s0000000001a</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The name of its plan.</summary>
    public required string Plan { get; init; }

    /// <summary>The end of its plan, in UTC: the first instant at which it gives no access.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The credits of the month, or those since the plan was renewed in it.</summary>
    public required decimal CreditsLimit { get; init; }

    /// <summary>What is used of them, at most a second old.</summary>
    public required decimal CreditsUsed { get; init; }
}
