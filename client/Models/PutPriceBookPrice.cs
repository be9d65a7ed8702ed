// Written from the OpenAPI document by a test of the API, which says how.
using System.Text.Json.Serialization;

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record PutPriceBookPrice
{
    /// <summary>
    /// The model's name, at most 128 printable ASCII characters without spaces, or <c>*</c> for every model without a
    /// price of its own.
    /// </summary>
    public required string Model { get; init; }

    /// <summary>The metric's name, such as <c>text_tokens</c>; neither <c>amount</c> nor <c>credits</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>The number of whole units of the metric that the prices are for, 1 to 1,000,000,000.</summary>
    public required decimal Per { get; init; }

    /// <summary>
    /// The price of so many units, in the book's currency, with at most 6 decimals; 0 if only <c>credits</c> is given.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Amount { get; init; }

    /// <summary>The credits for so many units, with at most 6 decimals; 0 if only <c>amount</c> is given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Credits { get; init; }
}
