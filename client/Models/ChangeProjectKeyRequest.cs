// Written from the OpenAPI document by a test of the API, which says how.
using System.Text.Json.Serialization;
using Sluice.Client.Wire;

namespace Sluice.Client.Models;

/// <summary>The fields to change.</summary>
public sealed record ChangeProjectKeyRequest
{
    /// <summary>
    /// The key's name, 1 to 100 characters; unique among the keys of the project, ignoring case. Unchanged if omitted.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    /// <summary>When it expires, in the future; null for never, and unchanged if omitted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<DateTimeOffset?> ExpiresAt { get; init; }
}
