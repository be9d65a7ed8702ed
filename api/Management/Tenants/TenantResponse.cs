using Sluice.Storage.Control.Tenants;

namespace Sluice.Api.Management.Tenants;

/// <summary>A tenant as the API shows it.</summary>
/// <param name="State"><c>active</c> or <c>suspended</c>.</param>
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
