// Written from the OpenAPI document by a test of the API, which says how.
using System.Text.Json.Serialization;

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record CloudEvent
{
    /// <summary>The version of CloudEvents.</summary>
    public required string Specversion { get; init; }

    /// <summary>
    /// The event's id, 1 to 128 characters; with <c>source</c> it counts once for at least 32 days. It may be omitted
    /// with an <c>Idempotency-Key</c>.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>Where the event comes from, 1 to 512 characters.</summary>
    public required string Source { get; init; }

    /// <summary>The kind of event, 1 to 512 characters; it is not used.</summary>
    public required string Type { get; init; }

    /// <summary>The usage.</summary>
    public required EventData Data { get; init; }

    /// <summary>With the gateway's token, the key's id, such as <c>k0000000001a</c>; not used otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Subject { get; init; }

    /// <summary>When it happened, for analytics, at most 35 days ago and 5 minutes ahead; now if omitted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Time { get; init; }
}
