using Sluice.Storage.Control.Tenants;

namespace Sluice.Api.Management.Tenants;

/// <summary>A tenant's settings as the API shows them.</summary>
/// <param name="Name">The tenant's name.</param>
/// <param name="TimeZone">The IANA time zone of its days and months, such as <c>Asia/Tokyo</c>.</param>
/// <param name="Language">The language of its mails: <c>en</c> or <c>fr</c>.</param>
/// <param name="Currency">The ISO 4217 code of the currency, such as <c>JPY</c>.</param>
/// <param name="RequireMfa">Whether members without a second factor can do nothing except enrol one.</param>
/// <param name="BillingContact">The address that bills go to; null if none is set.</param>
/// <param name="OwnerAppointsAdministrators">Whether only the owner appoints and demotes administrators.</param>
/// <param name="UnpricedUsage">What happens to usage without a price where an amount or credits are limited.</param>
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
