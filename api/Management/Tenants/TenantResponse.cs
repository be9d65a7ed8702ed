using Sluice.Storage.Control.Tenants;

namespace Sluice.Api.Management.Tenants;

/// <summary>A tenant as the API shows it.</summary>
/// <param name="Id">The tenant's id, such as <c>t0000000001a</c>.</param>
/// <param name="Name">The tenant's name.</param>
/// <param name="BillingAccountId">The id of the tenant's billing account.</param>
/// <param name="TimeZone">The IANA time zone of its days and months, such as <c>Asia/Tokyo</c>.</param>
/// <param name="Language">The language of its mails: <c>en</c> or <c>fr</c>.</param>
/// <param name="Currency">The ISO 4217 code of the currency, such as <c>JPY</c>.</param>
/// <param name="State">Whether it is active or suspended.</param>
/// <param name="CreatedAt">When it was created, in UTC.</param>
internal sealed record TenantResponse(
    string Id,
    string Name,
    string BillingAccountId,
    string TimeZone,
    string Language,
    string Currency,
    TenantState State,
    DateTimeOffset CreatedAt)
{
    public static TenantResponse Of(Tenant tenant) => new(
        Ids.Tenant(tenant.Id),
        tenant.Name,
        tenant.BillingAccountId,
        tenant.TimeZone,
        tenant.Language,
        tenant.Currency,
        tenant.State,
        tenant.CreatedAt);
}
