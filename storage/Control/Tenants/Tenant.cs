namespace Sluice.Storage.Control.Tenants;

/// <summary>A tenant: the billing unit.</summary>
public sealed record Tenant
{
    public required long Id { get; init; }

    public required string Name { get; init; }

    public required string BillingAccountId { get; init; }

    /// <summary>The IANA name of the zone whose days and months are the tenant's periods.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The language: <c>en</c> or <c>fr</c>.</summary>
    public required string Language { get; init; }

    /// <summary>The ISO 4217 code of the currency of its amounts.</summary>
    public required string Currency { get; init; }

    public required TenantState State { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether members without a second factor may do nothing but enrol one.</summary>
    public bool RequireMfa { get; init; }

    /// <summary>The address that bills go to; null if none was set.</summary>
    public string? BillingContact { get; init; }

    /// <summary>Whether only the owner appoints and demotes administrators.</summary>
    public bool OwnerAppointsAdministrators { get; init; }

    /// <summary>Whether usage without a price is refused where money is limited.</summary>
    public bool RefusesUnpriced { get; init; }

    /// <summary>
    /// The first day, of its zone, of which all usage is added up by days; earlier ones are by quarters of an hour.
    /// </summary>
    public DateOnly DaySumsFrom { get; init; }

    /// <summary>The URL where its bills and payment methods are managed; null if the operator has set none.</summary>
    public string? BillingSite { get; init; }
}
