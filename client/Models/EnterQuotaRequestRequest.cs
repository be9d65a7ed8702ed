// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record EnterQuotaRequestRequest
{
    /// <summary>The tenant's id, such as <c>t0000000001a</c>.</summary>
    public required string TenantId { get; init; }

    /// <summary>
    /// The requested quota for a month, in the tenant's currency: above 0, and more than the present quota.
    /// </summary>
    public required decimal Amount { get; init; }

    /// <summary>The reason that the tenant gave, at most 2,000 characters.</summary>
    public required string Reason { get; init; }
}
