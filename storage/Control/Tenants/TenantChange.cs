namespace Sluice.Storage.Control.Tenants;

/// <summary>The changes to a tenant; null leaves a field unchanged.</summary>
public sealed record TenantChange(string? Name, string? TimeZone, string? Language)
{
    public bool? RequireMfa { get; init; }

    /// <summary>Whether to set the billing contact, so that removing it differs from leaving it unchanged.</summary>
    public bool ChangesBillingContact { get; init; }

    public string? BillingContact { get; init; }

    public bool? OwnerAppointsAdministrators { get; init; }

    /// <summary>Whether usage without a price is refused where money is limited; null to leave it.</summary>
    public bool? RefusesUnpriced { get; init; }

    /// <summary>Whether to set the billing site, so that removing it differs from leaving it unchanged.</summary>
    public bool ChangesBillingSite { get; init; }

    public string? BillingSite { get; init; }
}
