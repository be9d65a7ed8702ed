// Written from the OpenAPI document by a test of the API, which says how.
using System.Text.Json.Serialization;

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record LimitRequestWarning
{
    /// <summary>The value, above 0, in the metric's units; either this or <c>percent</c> is given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Value { get; init; }

    /// <summary>
    /// The percentage of the blocked value, above 0 up to 1,000 with at most 2 decimals; either this or <c>value</c> is
    /// given.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Percent { get; init; }
}
