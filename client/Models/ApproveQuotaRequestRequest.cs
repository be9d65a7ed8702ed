// Written from the OpenAPI document by a test of the API, which says how.
using System.Text.Json.Serialization;

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record ApproveQuotaRequestRequest
{
    /// <summary>
    /// The new quota for a month, in the tenant's currency: above 0, and more than the present quota. The requested
    /// amount if omitted.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Amount { get; init; }

    /// <summary>A note to the tenant, at most 2,000 characters on one line; none if omitted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }
}
