// Written from the OpenAPI document by a test of the API, which says how.
using System.Text.Json.Serialization;

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record TestNotificationRequest
{
    /// <summary>The address of the recipient.</summary>
    public required string Email { get; init; }

    /// <summary>The language of the mail; the tenant's if omitted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Language { get; init; }
}
