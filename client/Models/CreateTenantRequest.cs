// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record CreateTenantRequest
{
    /// <summary>The tenant's name, 1 to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The id of the tenant's billing account, 1 to 100 characters; no other tenant may have it.</summary>
    public required string BillingAccountId { get; init; }

    /// <summary>The IANA time zone of its days and months, such as <c>Asia/Tokyo</c>.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The language of its mails.</summary>
    public required string Language { get; init; }

    /// <summary>The ISO 4217 code of the currency, such as <c>JPY</c>; it can't be changed.</summary>
    public required string Currency { get; init; }

    /// <summary>The tenant's owner.</summary>
    public required CreateTenantOwner Owner { get; init; }
}
