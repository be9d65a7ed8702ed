// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>An entry of a webhook's delivery log.</summary>
public sealed record DeliveryResponse
{
    /// <summary>The delivery's id, such as <c>d0000000001a</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The name of the event, such as <c>limit.warning</c>.</summary>
    public required string Event { get; init; }

    /// <summary>The <c>webhook-id</c> that the receiver gets, the same for every attempt.</summary>
    public required string MessageId { get; init; }

    /// <summary>Whether it waits, was accepted, has failed for good, or was cancelled.</summary>
    public required string State { get; init; }

    /// <summary>The number of attempts that have ended.</summary>
    public required int Attempts { get; init; }

    /// <summary>The HTTP status of the receiver's last response; null if the last attempt got none.</summary>
    public required int? LastStatus { get; init; }

    /// <summary>What was wrong with the last attempt; null if nothing was.</summary>
    public required string? LastError { get; init; }

    /// <summary>When it was created, in UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the last attempt began, in UTC; null before the first.</summary>
    public required DateTimeOffset? TriedAt { get; init; }

    /// <summary>When the receiver accepted it, in UTC; null if it has not.</summary>
    public required DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>When the next attempt begins, in UTC; null if there is none.</summary>
    public required DateTimeOffset? NextAttemptAt { get; init; }
}
