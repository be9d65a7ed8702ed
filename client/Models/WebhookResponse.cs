// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>A webhook as the API shows it, without its secret.</summary>
public sealed record WebhookResponse
{
    /// <summary>The webhook's id, such as <c>w0000000001a</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Where deliveries are posted, as a normalized URL.</summary>
    public required string Url { get; init; }

    /// <summary>What it subscribes to; <c>*</c> for all events.</summary>
    public required IReadOnlyList<string> Events { get; init; }

    /// <summary>Whether deliveries are sent to it.</summary>
    public required string State { get; init; }

    /// <summary>
    /// Why it is disabled: <c>gone</c> (the receiver answered 410), <c>failing</c> (for too long) or
    /// <c>switched-off</c>; null if it is enabled.
    /// </summary>
    public required string? DisabledBecause { get; init; }

    /// <summary>When it was disabled, in UTC; null if it is enabled.</summary>
    public required DateTimeOffset? DisabledAt { get; init; }

    /// <summary>The number of failed attempts in a row.</summary>
    public required int Failures { get; init; }

    /// <summary>Since when all attempts have failed, in UTC; null if the last one did not.</summary>
    public required DateTimeOffset? FailingSince { get; init; }

    /// <summary>Until when the previous secret signs deliveries too, in UTC; null if it does not.</summary>
    public required DateTimeOffset? PreviousSecretUntil { get; init; }

    /// <summary>Who created it: <c>operator</c> or a member's id.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was created, in UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
