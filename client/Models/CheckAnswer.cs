// Written from the OpenAPI document by a test of the API, which says how.
using System.Text.Json.Serialization;

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record CheckAnswer
{
    /// <summary>Whether it would be counted.</summary>
    public required bool Allowed { get; init; }

    /// <summary>The worst state of the key's limits.</summary>
    public required string State { get; init; }

    /// <summary>The amount of the usage, in the tenant's currency.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The credits of the usage.</summary>
    public required decimal Credits { get; init; }

    /// <summary>The limits that could refuse the key, tightest first.</summary>
    public required IReadOnlyList<Limit> Limits { get; init; }

    /// <summary>
    /// The metrics of the usage that have no price and count as 0; absent if there are none, or no amount or credits
    /// are limited.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Unpriced { get; init; }

    /// <summary>The limit that would refuse it; absent if none would.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Limit? Limit { get; init; }

    /// <summary>Who can raise that limit; absent without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RaisedBy { get; init; }
}
