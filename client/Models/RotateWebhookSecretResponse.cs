// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record RotateWebhookSecretResponse
{
    /// <summary>The webhook's id, such as <c>w0000000001a</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The new secret that signs deliveries; shown once.</summary>
    public required string Secret { get; init; }

    /// <summary>Until when the previous secret signs deliveries too, in UTC.</summary>
    public required DateTimeOffset PreviousSecretUntil { get; init; }
}
