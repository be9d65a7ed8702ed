// Written from the OpenAPI document by a test of the API, which says how.
using System.Text.Json.Serialization;

namespace Sluice.Client.Models;

/// <summary>An invitation as the API shows it.</summary>
public sealed record InvitationResponse
{
    /// <summary>The invitation's id, such as <c>i0000000001a</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The invited address; null for a shared link.</summary>
    public required string? Email { get; init; }

    /// <summary>The role in the tenant of members who accept it.</summary>
    public required string Role { get; init; }

    /// <summary><c>open</c>, or <c>expired</c>: no one can join until it is sent again.</summary>
    public required string State { get; init; }

    /// <summary>How many people can join with it.</summary>
    public required int MaxUses { get; init; }

    /// <summary>How many people have joined with it.</summary>
    public required int Uses { get; init; }

    /// <summary>Who created it: <c>operator</c> or a member's id.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was created, in UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The first instant at which it can no longer be accepted, in UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The link for joining; only in the response that creates or resends the invitation.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Link { get; init; }
}
