// Written from the OpenAPI document by a test of the API, which says how.
using System.Text.Json.Serialization;
using Sluice.Client.Wire;

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record SetSeatWarningsRequest
{
    /// <summary>At most 16 values at which people are notified; none if omitted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<LimitRequestWarning>? Warnings { get; init; }

    /// <summary>At most 20 addresses to notify; none if omitted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Recipients { get; init; }

    /// <summary>The period over which credits add up: a month.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Period { get; init; }

    /// <summary>The plan's credits, as a read returns them; they can't be changed here, and may be omitted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<decimal?> Blocked { get; init; }
}
