using Sluice.Storage.Control.Tenants;

namespace Sluice.Api.Management.Tenants;

/// <summary>A tenant's settings as the API shows them.</summary>
/// <param name="Currency">The currency, fixed when the tenant was created.</param>
/// <param name="RequireMfa">Whether members without a second factor can do nothing except enrol one.</param>
/// <param name="BillingContact">Where bills are sent; null if no contact is set.</param>
/// <param name="OwnerAppointsAdministrators">Whether only the owner appoints and demotes administrators.</param>
/// <param name="UnpricedUsage">What happens to usage without a price where money is limited.</param>
/// <param name="BillingSite">
/// The URL where bills and payment methods are managed; null if the operator has set none.
/// </param>
internal sealed record SettingsResponse(
    string Name,
    string TimeZone,
    string Language,
    string Currency,
    bool RequireMfa,
    string? BillingContact,
    bool OwnerAppointsAdministrators,
    UnpricedUsage UnpricedUsage,
    string? BillingSite)
{
    public static SettingsResponse Of(Tenant tenant) => new(
        tenant.Name,
        tenant.TimeZone,
        tenant.Language,
        tenant.Currency,
        tenant.RequireMfa,
        tenant.BillingContact,
        tenant.OwnerAppointsAdministrators,
        tenant.RefusesUnpriced ? UnpricedUsage.Refuse : UnpricedUsage.Allow,
        tenant.BillingSite);
}
