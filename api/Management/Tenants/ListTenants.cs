using System.ComponentModel.DataAnnotations;
using FastEndpoints;
using FluentValidation;
using Sluice.Storage.Control.Tenants;

namespace Sluice.Api.Management.Tenants;

/// <summary><c>GET /api/v1/tenants</c></summary>
internal sealed class ListTenants(TenantStore tenants) : ManagementEndpoint<ListTenantsQuery>
{
    public override void Configure()
    {
        Get("/tenants");
        Group<TenantsEndpoints>();
        Requires(Permission.ManageTenants);
        Describe("List all tenants, oldest first; search with ?name= and ?billingAccountId=");
        Returns<ListResponse<TenantResponse>>();
    }

    public override async Task<ApiResult> ExecuteAsync(ListTenantsQuery query, CancellationToken ct)
    {
        if (query.Read(IdText.Tenant).IsError(out var error, out var page))
            return ApiResult.Failure(error);
        var search = new TenantSearch(Given(query.Name), Given(query.BillingAccountId));
        var found = await tenants.ListAsync(page, search, ct);
        return ApiResult.Ok(ListResponse<TenantResponse>.Of(
            found, TenantResponse.Of, static tenant => Ids.Tenant(tenant.Id)));
    }

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

/// <param name="Name">Only tenants with this in their name, ignoring case; all if omitted.</param>
/// <param name="BillingAccountId">Only the tenant of this billing account; all if omitted.</param>
/// <param name="After">The <c>next</c> of the previous page; the first page if omitted.</param>
/// <param name="Limit">The most items of the page, 1 to 500; 50 if omitted.</param>
internal sealed record ListTenantsQuery(
    string? Name = null,
    string? BillingAccountId = null,
    string? After = null,
    [Range(1, PageRequest.MaxLimit)] string? Limit = null)
    : PageQuery(After, Limit);

internal sealed class ListTenantsQueryValidator : Validator<ListTenantsQuery>
{
    public ListTenantsQueryValidator()
    {
        RuleFor(static q => q.Name).Follows(FieldRules.Compared).When(static q => !string.IsNullOrEmpty(q.Name));
        RuleFor(static q => q.BillingAccountId).Follows(FieldRules.Compared)
            .When(static q => !string.IsNullOrEmpty(q.BillingAccountId));
    }
}
