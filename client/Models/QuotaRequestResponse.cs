// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>A quota request as the API shows it.</summary>
public sealed record QuotaRequestResponse
{
    /// <summary>The quota request's id, such as <c>q0000000001a</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The tenant's id, such as <c>t0000000001a</c>.</summary>
    public required string TenantId { get; init; }

    /// <summary>The requested quota for a month, in the tenant's currency.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The reason for the request.</summary>
    public required string Reason { get; init; }

    /// <summary>Whether it is open, approved or denied.</summary>
    public required string State { get; init; }

    /// <summary>Who created it: <c>operator</c> or a member's id.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was created, in UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who decided it: <c>operator</c> or a member's id; null while it is open.</summary>
    public required string? DecidedBy { get; init; }

    /// <summary>When it was decided, in UTC; null while it is open.</summary>
    public required DateTimeOffset? DecidedAt { get; init; }

    /// <summary>The note of the decision; null without one.</summary>
    public required string? Note { get; init; }

    /// <summary>The approved quota for a month, in the tenant's currency; null if none was approved.</summary>
    public required decimal? ApprovedAmount { get; init; }
}
