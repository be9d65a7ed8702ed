// Written from the OpenAPI document by a test of the API, which says how.
using System.Text.Json.Serialization;
using Sluice.Client.Wire;

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record ChangeMemberRequest
{
    /// <summary>The member's role in the tenant; unchanged if omitted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Role { get; init; }

    /// <summary>The email address; null for none, which the owner can't have, and unchanged if omitted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<string?> Email { get; init; }
}
