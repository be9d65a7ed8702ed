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
        Describe("List all tenants; search with ?search=, ?name= or ?billingAccountId=, and sort with ?sort=");
        Returns<ListResponse<TenantResponse>>();
    }

    public override async Task<ApiResult> ExecuteAsync(ListTenantsQuery query, CancellationToken ct)
    {
        var rules = new FieldErrors();
        var list = query.Read(rules);
        if (rules.Error is { } error)
            return ApiResult.Failure(error);
        var filter = new TenantFilter(Given(query.Name), Given(query.BillingAccountId));
        return query.Show(await tenants.ListAsync(list, filter, ct), list);
    }

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

/// <param name="Name">Only tenants with this in their name, ignoring case; all if omitted.</param>
/// <param name="BillingAccountId">Only the tenant of this billing account; all if omitted.</param>
/// <param name="Search">
/// Only tenants with this in their name or billing account, ignoring case, or at the start of their id; 1 to 100
/// characters. All if omitted.
/// </param>
/// <param name="Sort">The order, with <c>-</c> in front for the reverse one; oldest first if omitted.</param>
/// <param name="After">The <c>next</c> of the previous page; the first page if omitted.</param>
/// <param name="Limit">The most items of the page, 1 to 500; 50 if omitted.</param>
internal sealed record ListTenantsQuery(
    string? Name = null,
    string? BillingAccountId = null,
    string? Search = null,
    [AllowedValues("name", "-name", "createdAt", "-createdAt")] string? Sort = null,
    string? After = null,
    [Range(1, PageRequest.MaxLimit)] string? Limit = null)
    : ListQuery(Search, Sort, After, Limit)
{
    /// <param name="rules">Receives the broken rules.</param>
    public ListRequest Read(FieldErrors rules) => Read(IdText.Tenant, rules, ByName, ByCreatedAt);

    /// <summary>Returns a page as it is answered.</summary>
    public ApiResult Show(Page<Tenant> page, ListRequest list) => ApiResult.Ok(ListResponse<TenantResponse>.Of(
        page,
        TenantResponse.Of,
        tenant => NextOf(
            Ids.Tenant(tenant.Id), list.Order == ListOrder.Name ? tenant.Name : TextOf(tenant.CreatedAt))));
}

internal sealed class ListTenantsQueryValidator : Validator<ListTenantsQuery>
{
    public ListTenantsQueryValidator()
    {
        RuleFor(static q => q.Name).Follows(FieldRules.Compared).When(static q => !string.IsNullOrEmpty(q.Name));
        RuleFor(static q => q.BillingAccountId).Follows(FieldRules.Compared)
            .When(static q => !string.IsNullOrEmpty(q.BillingAccountId));
    }
}
