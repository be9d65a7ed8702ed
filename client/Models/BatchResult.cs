// Written from the OpenAPI document by a test of the API, which says how.
using System.Text.Json.Serialization;

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record BatchResult
{
    /// <summary>The event's id; null if it named none and was refused before it was metered.</summary>
    public required string? Id { get; init; }

    /// <summary>Whether it was counted.</summary>
    public required bool Allowed { get; init; }

    /// <summary>Whether it repeats what was admitted before; the response is that of the first time.</summary>
    public required bool Duplicate { get; init; }

    /// <summary>The worst state of the key's limits afterwards.</summary>
    public required string State { get; init; }

    /// <summary>Why it was not counted, as problem details; absent if it was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Problem? Problem { get; init; }
}
