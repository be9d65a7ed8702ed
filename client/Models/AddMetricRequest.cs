// Written from the OpenAPI document by a test of the API, which says how.
using System.Text.Json.Serialization;

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record AddMetricRequest
{
    /// <summary>
    /// The metric's name: a lower case letter, then lower case letters, digits and <c>_</c>, at most 63 characters;
    /// unique.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>The most decimals of its amounts, 0 to 6; 0 if omitted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Decimals { get; init; }

    /// <summary>
    /// What becomes of amounts with more decimals: they are refused (<c>none</c>, the default), rounded to the
    /// <c>nearest</c> unit, a half up, or rounded <c>up</c>.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Rounding { get; init; }
}
