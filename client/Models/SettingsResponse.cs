// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>A tenant's settings as the API shows them.</summary>
public sealed record SettingsResponse
{
    /// <summary>The tenant's name.</summary>
    public required string Name { get; init; }

    /// <summary>The IANA time zone of its days and months, such as <c>Asia/Tokyo</c>.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The language of its mails: <c>en</c> or <c>fr</c>.</summary>
    public required string Language { get; init; }

    /// <summary>The ISO 4217 code of the currency, such as <c>JPY</c>.</summary>
    public required string Currency { get; init; }

    /// <summary>Whether members without a second factor can do nothing except enrol one.</summary>
    public required bool RequireMfa { get; init; }

    /// <summary>The address that bills go to; null if none is set.</summary>
    public required string? BillingContact { get; init; }

    /// <summary>Whether only the owner appoints and demotes administrators.</summary>
    public required bool OwnerAppointsAdministrators { get; init; }

    /// <summary>What happens to usage without a price where an amount or credits are limited.</summary>
    public required string UnpricedUsage { get; init; }

    /// <summary>The URL where bills and payment methods are managed; null if the operator has set none.</summary>
    public required string? BillingSite { get; init; }
}
