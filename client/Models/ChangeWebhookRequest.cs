// Written from the OpenAPI document by a test of the API, which says how.
using System.Text.Json.Serialization;

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record ChangeWebhookRequest
{
    /// <summary>
    /// Where deliveries are posted: an https URL on the public internet, unless the node allows private ones, without
    /// credentials and fragment, at most 2,000 characters; unchanged if omitted.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Url { get; init; }

    /// <summary>All events to subscribe to, at least one; unchanged if omitted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Events { get; init; }

    /// <summary>
    /// False stops deliveries and cancels those that wait; true enables them, also after failures have stopped them.
    /// Unchanged if omitted.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Enabled { get; init; }
}
