// Written from the OpenAPI document by a test of the API, which says how.
using System.Text.Json.Serialization;

namespace Sluice.Client.Models;

/// <summary>
/// The fields to change; omitted ones stay as they are. The currency can't change, because amounts were counted in it.
/// </summary>
public sealed record ChangeTenantRequest
{
    /// <summary>The tenant's name, 1 to 100 characters; unchanged if omitted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    /// <summary>The IANA time zone of its days and months, such as <c>Asia/Tokyo</c>; unchanged if omitted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TimeZone { get; init; }

    /// <summary>The language of its mails; unchanged if omitted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Language { get; init; }
}
