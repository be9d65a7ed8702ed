using System.ComponentModel.DataAnnotations;
using FastEndpoints;
using FluentValidation;
using Sluice.Api.Auth;
using Sluice.Metering.Limits;
using Sluice.Metering.Periods;
using Sluice.Storage.Control.Limits;
using Sluice.Storage.Control.Quota;
using Sluice.Storage.Control.Tenants;

namespace Sluice.Api.Management.Tenants;

/// <summary><c>POST /api/v1/tenants</c></summary>
internal sealed class CreateTenant(
    UnitOfWork work, TenantStore tenants, Passwords passwords, DefaultQuotaStore quotas, LimitStore limits)
    : ManagementEndpoint<CreateTenantRequest>
{
    private OneTimePassword? _password;

    public override void Configure()
    {
        Post("/tenants");
        Group<TenantsEndpoints>();
        Requires(Permission.ManageTenants);
        Transactional();
        Bounded();
        Describe("Create a tenant with its Default project, its owner and the default quota of its currency");
        Returns<CreateTenantResponse>(StatusCodes.Status201Created);
    }

    protected override async Task<Error?> PrepareAsync(CreateTenantRequest request, CancellationToken ct)
    {
        _password = await OneTimePassword.MakeAsync(passwords, tenantId: 0, ct);
        return _password is null ? Passwords.TooMany : null;
    }

    public override async Task<ApiResult> ExecuteAsync(CreateTenantRequest request, CancellationToken ct)
    {
        var password = _password!;
        var tenant = new NewTenant(
            IdText.NewValue(),
            request.Name!,
            request.BillingAccountId!,
            request.TimeZone!,
            request.Language!,
            request.Currency!,
            IdText.NewValue(),
            new(IdText.NewValue(), request.Owner!.UserName!, request.Owner.Email!, password.Hash));
        if ((await tenants.CreateAsync(work, tenant, ct)).IsError(out var conflict, out var created))
            return ApiResult.Failure(conflict);
        // No node knows the tenant yet, so none has to learn of its quota.
        if (await quotas.FindAsync(work, created.Currency, ct) is { } quota)
        {
            var draft = new LimitDraft(MetricId.Amount, PeriodKind.Month, quota, []);
            var scope = new ScopeId(ScopeKind.Tenant, created.Id);
            var set = await limits.SetAsync(work, created.Id, scope, LimitSource.Quota, draft, ct);
            if (set.IsError(out var error, out _))
                return ApiResult.Failure(error);
        }

        return ApiResult.Created($"/api/v1/tenants/{Ids.Tenant(created.Id)}", Show(created, tenant, password));
    }

    private static CreateTenantResponse Show(Tenant created, NewTenant made, OneTimePassword password) => new(
        Ids.Tenant(created.Id),
        created.Name,
        created.BillingAccountId,
        created.TimeZone,
        created.Language,
        created.Currency,
        created.State,
        created.CreatedAt,
        Ids.Project(made.DefaultProjectId),
        Ids.Member(made.Owner.Id),
        password.Text);
}

/// <param name="Name">The tenant's name, 1 to 100 characters.</param>
/// <param name="BillingAccountId">
/// The id of the tenant's billing account, 1 to 100 characters; no other tenant may have it.
/// </param>
/// <param name="TimeZone">The IANA time zone of its days and months, such as <c>Asia/Tokyo</c>.</param>
/// <param name="Language">The language of its mails.</param>
/// <param name="Currency">The ISO 4217 code of the currency, such as <c>JPY</c>; it can't be changed.</param>
/// <param name="Owner">The tenant's owner.</param>
internal sealed record CreateTenantRequest(
    string? Name,
    string? BillingAccountId,
    string? TimeZone,
    [AllowedValues("en", "fr")] string? Language,
    string? Currency,
    CreateTenantOwner? Owner);

/// <param name="UserName">
/// The user name: letters, digits and <c>_</c>, not beginning with a digit, at most 64 characters; unique in the
/// tenant, ignoring case.
/// </param>
/// <param name="Email">The owner's address.</param>
internal sealed record CreateTenantOwner(string? UserName, string? Email);

/// <param name="Id">The tenant's id, such as <c>t0000000001a</c>.</param>
/// <param name="Name">The tenant's name.</param>
/// <param name="BillingAccountId">The id of the tenant's billing account.</param>
/// <param name="TimeZone">The IANA time zone of its days and months, such as <c>Asia/Tokyo</c>.</param>
/// <param name="Language">The language of its mails: <c>en</c> or <c>fr</c>.</param>
/// <param name="Currency">The ISO 4217 code of the currency, such as <c>JPY</c>.</param>
/// <param name="State">Whether it is active or suspended.</param>
/// <param name="CreatedAt">When it was created, in UTC.</param>
/// <param name="DefaultProjectId">The id of its Default project, such as <c>p0000000001a</c>.</param>
/// <param name="OwnerMemberId">The id of its owner, such as <c>m0000000001a</c>.</param>
/// <param name="OneTimePassword">
/// The owner's one-time password, shown once; it must be changed at the next sign-in.
/// </param>
internal sealed record CreateTenantResponse(
    string Id,
    string Name,
    string BillingAccountId,
    string TimeZone,
    string Language,
    string Currency,
    TenantState State,
    DateTimeOffset CreatedAt,
    string DefaultProjectId,
    string OwnerMemberId,
    string OneTimePassword);

internal sealed class CreateTenantRequestValidator : Validator<CreateTenantRequest>
{
    public CreateTenantRequestValidator()
    {
        RuleFor(static r => r.Name).Follows(FieldRules.Text);
        RuleFor(static r => r.BillingAccountId).Follows(FieldRules.Text);
        RuleFor(static r => r.TimeZone).Follows(FieldRules.TimeZone);
        RuleFor(static r => r.Language).Follows(TenantFields.Language);
        RuleFor(static r => r.Currency).Follows(FieldRules.Currency);
        RuleFor(static r => r.Owner)
            .Follows(FieldRules.Required<CreateTenantOwner?>("Must be given: every tenant has an owner."));
        RuleFor(static r => r.Owner!.UserName).Follows(FieldRules.UserName).When(static r => r.Owner is not null);
        RuleFor(static r => r.Owner!.Email).Follows(FieldRules.Email).When(static r => r.Owner is not null);
    }
}
