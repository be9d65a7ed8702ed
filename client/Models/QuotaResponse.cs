// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record QuotaResponse
{
    /// <summary>The ceiling of a month's amount, in the tenant's currency; null for none.</summary>
    public required decimal? Amount { get; init; }
}
