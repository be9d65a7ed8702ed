// Written from the OpenAPI document by a test of the API, which says how.
using System.Text.Json.Serialization;

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record Commit
{
    /// <summary>
    /// The actual usage: amounts by the name of the metric, at most 12, each with at most the metric's decimals.
    /// <c>requests</c> counts 1 unless given; <c>amount</c> and <c>credits</c> follow from the price book and can't be
    /// given.
    /// </summary>
    public required IReadOnlyDictionary<string, decimal> Metrics { get; init; }

    /// <summary>
    /// The model that was used, 1 to 128 characters, rated at its price of the reservation's time; that of the
    /// reservation if omitted.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Model { get; init; }

    /// <summary>The member's label, 1 to 128 characters; that of the reservation if omitted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Member { get; init; }

    /// <summary>
    /// The id of the reservation's key, such as <c>k0000000001a</c>; needed with the gateway's token, and not allowed
    /// without it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? KeyId { get; init; }
}
