using Sluice.Storage.Tenants;

namespace Sluice.Api.Management.Tenants;

/// <summary>A tenant's settings as the API shows them.</summary>
/// <param name="Currency">Fixed when the tenant was made.</param>
/// <param name="RequireMfa">Whether a member without a second factor can do nothing but enrol one.</param>
/// <param name="BillingContact">Where bills go; null where nobody is named.</param>
internal sealed record SettingsView(
    string Name, string TimeZone, string Language, string Currency, bool RequireMfa, string? BillingContact)
{
    public static SettingsView Of(Tenant tenant) => new(
        tenant.Name, tenant.TimeZone, tenant.Language, tenant.Currency, tenant.RequireMfa, tenant.BillingContact);
}
