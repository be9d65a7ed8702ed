// Written from the OpenAPI document by a test of the API, which says how.
using System.Text.Json.Serialization;

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record CreateMemberRequest
{
    /// <summary>
    /// The user name: letters, digits and <c>_</c>, not beginning with a digit, at most 64 characters; unique in the
    /// tenant, ignoring case.
    /// </summary>
    public required string UserName { get; init; }

    /// <summary>The member's role in the tenant.</summary>
    public required string Role { get; init; }

    /// <summary>The member's address, for mail about limits; none if omitted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Email { get; init; }
}
