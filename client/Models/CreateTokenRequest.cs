// Written from the OpenAPI document by a test of the API, which says how.
using System.Text.Json.Serialization;

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record CreateTokenRequest
{
    /// <summary>The token's name, 1 to 100 characters; unique among the member's tokens, ignoring case.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// 1 to 32 scopes: <c>*</c>, <c>read</c>, <c>write</c>, an area such as <c>usage:read</c> or <c>projects:*</c>, or
    /// a permission. The token never has a permission that its member lacks.
    /// </summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>When it expires, in the future; never if omitted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ExpiresAt { get; init; }
}
