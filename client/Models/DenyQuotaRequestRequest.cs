// Written from the OpenAPI document by a test of the API, which says how.
using System.Text.Json.Serialization;

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record DenyQuotaRequestRequest
{
    /// <summary>A note to the tenant, at most 2,000 characters on one line; none if omitted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }
}
