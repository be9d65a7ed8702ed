// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record CreateTenantResponse
{
    /// <summary>The tenant's id, such as <c>t0000000001a</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The tenant's name.</summary>
    public required string Name { get; init; }

    /// <summary>The id of the tenant's billing account.</summary>
    public required string BillingAccountId { get; init; }

    /// <summary>The IANA time zone of its days and months, such as <c>Asia/Tokyo</c>.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The language of its mails: <c>en</c> or <c>fr</c>.</summary>
    public required string Language { get; init; }

    /// <summary>The ISO 4217 code of the currency, such as <c>JPY</c>.</summary>
    public required string Currency { get; init; }

    /// <summary>Whether it is active or suspended.</summary>
    public required string State { get; init; }

    /// <summary>When it was created, in UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The id of its Default project, such as <c>p0000000001a</c>.</summary>
    public required string DefaultProjectId { get; init; }

    /// <summary>The id of its owner, such as <c>m0000000001a</c>.</summary>
    public required string OwnerMemberId { get; init; }

    /// <summary>The owner's one-time password, shown once; it must be changed at the next sign-in.</summary>
    public required string OneTimePassword { get; init; }
}
