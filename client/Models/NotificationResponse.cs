// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>A mail as the API shows it.</summary>
public sealed record NotificationResponse
{
    /// <summary>The mail's id, such as <c>n0000000001a</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The tenant's id, such as <c>t0000000001a</c>.</summary>
    public required string TenantId { get; init; }

    /// <summary>
    /// What it is about: <c>warning</c>, <c>blocked</c>, <c>invitation</c>, <c>quota_requested</c>,
    /// <c>quota_decided</c> or <c>test</c>.
    /// </summary>
    public required string Kind { get; init; }

    /// <summary>
    /// Whether it waits, was sent to at least one recipient, has failed for all, or is no longer needed.
    /// </summary>
    public required string State { get; init; }

    /// <summary>The language of the mail: <c>en</c> or <c>fr</c>.</summary>
    public required string Language { get; init; }

    /// <summary>
    /// The kind of scope of the threshold that it reports: <c>tenant</c>, <c>project</c>, <c>seat</c> or <c>key</c>;
    /// null if it reports no threshold.
    /// </summary>
    public required string? Scope { get; init; }

    /// <summary>The id of that scope; null if it reports no threshold.</summary>
    public required string? ScopeId { get; init; }

    /// <summary>
    /// The name of that scope, the user name of its holder for a seat; null without one, or if it reports no threshold.
    /// </summary>
    public required string? ScopeName { get; init; }

    /// <summary>The name of the threshold's metric; null if it reports no threshold.</summary>
    public required string? Metric { get; init; }

    /// <summary>The threshold's value, in the metric's units; null if it reports no threshold.</summary>
    public required decimal? Threshold { get; init; }

    /// <summary>
    /// The period in which it was reached: <c>2026-11</c>, <c>2026-11-21</c> or <c>total</c>; null if it reports no
    /// threshold.
    /// </summary>
    public required string? Period { get; init; }

    /// <summary>The recipients, each with a state of its own.</summary>
    public required IReadOnlyList<NotificationResponseRecipient> Recipients { get; init; }

    /// <summary>The number of attempts that the mail server has answered.</summary>
    public required int Attempts { get; init; }

    /// <summary>What was wrong with the last attempt; null if nothing was.</summary>
    public required string? LastError { get; init; }

    /// <summary>The <c>Message-ID</c>, the same for every attempt.</summary>
    public required string MessageId { get; init; }

    /// <summary>When it was sent, in UTC; null if it was not.</summary>
    public required DateTimeOffset? SentAt { get; init; }

    /// <summary>When it was created, in UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
