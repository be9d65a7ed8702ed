using System.ComponentModel.DataAnnotations;
using FastEndpoints;
using FluentValidation;
using Sluice.Storage.Control.Tenants;

namespace Sluice.Api.Management.Tenants;

/// <summary><c>PATCH /api/v1/tenants/{t}</c></summary>
internal sealed class ChangeTenant(UnitOfWork work, TenantStore tenants) : ManagementEndpoint<ChangeTenantRequest>
{
    public override void Configure()
    {
        Patch("/tenants/{t}");
        Group<TenantsEndpoints>();
        Requires(Permission.ChangeSettings);
        Transactional();
        Guarded();
        Describe("Change a tenant's name, time zone or language");
        Returns<TenantResponse>();
    }

    public override async Task<ApiResult> ExecuteAsync(ChangeTenantRequest request, CancellationToken ct)
    {
        var change = new TenantChange(request.Name, request.TimeZone, request.Language);
        // A repeated request changes nothing, but the nodes may not have learned of the first one yet.
        return ApiResult.Of(
            await tenants.ChangeAsync(work, TenantId, change, ct),
            tenant => request.TimeZone is null
                ? ApiResult.Ok(TenantResponse.Of(tenant))
                : ApiResult.Ok(TenantResponse.Of(tenant), ControlChange.Tenant(tenant.Id)));
    }

    protected override async Task<ApiResult> LockAsync(ChangeTenantRequest request, CancellationToken ct) =>
        await tenants.LockAsync(work, TenantId, ct) is { } tenant
            ? ApiResult.Ok(TenantResponse.Of(tenant))
            : ApiResult.NotFound("tenant");
}

/// <summary>
/// The fields to change; omitted ones stay as they are. The currency can't change, because amounts were counted in it.
/// </summary>
/// <param name="Name">The tenant's name, 1 to 100 characters; unchanged if omitted.</param>
/// <param name="TimeZone">
/// The IANA time zone of its days and months, such as <c>Asia/Tokyo</c>; unchanged if omitted.
/// </param>
/// <param name="Language">The language of its mails; unchanged if omitted.</param>
internal sealed record ChangeTenantRequest(
    string? Name = null,
    string? TimeZone = null,
    [AllowedValues("en", "fr")] string? Language = null);

internal sealed class ChangeTenantRequestValidator : Validator<ChangeTenantRequest>
{
    public ChangeTenantRequestValidator()
    {
        RuleFor(static r => r.Name).Follows(FieldRules.Text).When(static r => r.Name is not null);
        RuleFor(static r => r.TimeZone).Follows(FieldRules.TimeZone).When(static r => r.TimeZone is not null);
        RuleFor(static r => r.Language).Follows(TenantFields.Language).When(static r => r.Language is not null);
    }
}
