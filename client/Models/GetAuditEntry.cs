// Written from the OpenAPI document by a test of the API, which says how.
using System.Text.Json;

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record GetAuditEntry
{
    /// <summary>The entry's id, such as <c>e0000000001a</c>.</summary>
    public required string Id { get; init; }

    /// <summary>When it was done, in UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who did it: <c>operator</c>, <c>system</c> or a member's id.</summary>
    public required string Actor { get; init; }

    /// <summary>The member's user name; null for <c>operator</c> and <c>system</c>.</summary>
    public required string? ActorName { get; init; }

    /// <summary>What was done, such as <c>key.deleted</c>.</summary>
    public required string Action { get; init; }

    /// <summary>The id of the thing that was changed.</summary>
    public required string Target { get; init; }

    /// <summary>
    /// The last name of that thing, also if it was deleted: for a seat, its holder's user name; null if it has none.
    /// </summary>
    public required string? TargetName { get; init; }

    /// <summary>The changed values before; null if the thing is new.</summary>
    public required JsonElement? Before { get; init; }

    /// <summary>The changed values after; null if the thing is gone.</summary>
    public required JsonElement? After { get; init; }

    /// <summary>The IP address that the request came from; null if it is not known.</summary>
    public required string? Address { get; init; }
}
