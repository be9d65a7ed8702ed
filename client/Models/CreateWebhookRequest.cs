// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record CreateWebhookRequest
{
    /// <summary>
    /// Where deliveries are posted: an https URL on the public internet, unless the node allows private ones, without
    /// credentials and fragment, at most 2,000 characters; unique in the tenant.
    /// </summary>
    public required string Url { get; init; }

    /// <summary>The events to subscribe to, at least one; <c>*</c> for all, including future ones.</summary>
    public required IReadOnlyList<string> Events { get; init; }
}
