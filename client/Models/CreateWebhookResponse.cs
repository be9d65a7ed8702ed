// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record CreateWebhookResponse
{
    /// <summary>The webhook's id, such as <c>w0000000001a</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Where deliveries are posted, as a normalized URL.</summary>
    public required string Url { get; init; }

    /// <summary>What it subscribes to; <c>*</c> for all events.</summary>
    public required IReadOnlyList<string> Events { get; init; }

    /// <summary>The secret that signs deliveries; shown once.</summary>
    public required string Secret { get; init; }

    /// <summary>Whether deliveries are sent to it.</summary>
    public required string State { get; init; }

    /// <summary>Who created it: <c>operator</c> or a member's id.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was created, in UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
