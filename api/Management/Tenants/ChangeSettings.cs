using System.ComponentModel.DataAnnotations;
using FastEndpoints;
using FluentValidation;
using Sluice.Storage.Control.Accounts;
using Sluice.Storage.Control.Tenants;

namespace Sluice.Api.Management.Tenants;

/// <summary><c>PATCH /api/v1/tenants/{t}/settings</c></summary>
internal sealed class ChangeSettings(UnitOfWork work, TenantStore tenants, AccountStore accounts)
    : ManagementEndpoint<ChangeSettingsRequest>
{
    public override void Configure()
    {
        Patch("/tenants/{t}/settings");
        Group<TenantsEndpoints>();
        Requires(Permission.ChangeSettings);
        Transactional();
        Guarded();
        Describe("Change a tenant's settings");
        Returns<SettingsResponse>();
    }

    public override async Task<ApiResult> ExecuteAsync(ChangeSettingsRequest request, CancellationToken ct)
    {
        if (WhyNot(Caller, request) is { } error)
            return ApiResult.Failure(error);
        if (request.RequireMfa == true && !await MayDemandAsync(Caller, accounts, ct))
        {
            return ApiResult.Failure(new Error.Conflict(
                "Enrol a second factor of your own before you demand one of everybody: POST /api/v1/me/mfa/enroll."));
        }

        var change = new TenantChange(request.Name, request.TimeZone, request.Language)
        {
            RequireMfa = request.RequireMfa,
            ChangesBillingContact = request.BillingContact.HasValue,
            BillingContact = request.BillingContact.Value,
            OwnerAppointsAdministrators = request.OwnerAppointsAdministrators,
            RefusesUnpriced = request.UnpricedUsage is { } unpriced
                ? unpriced == Words.Of(UnpricedUsage.Refuse)
                : null,
            ChangesBillingSite = request.BillingSite.HasValue,
            BillingSite = request.BillingSite.Value,
        };
        // A repeated request changes nothing, but the nodes may not have learned of the first one yet.
        return ApiResult.Of(
            await tenants.ChangeAsync(work, TenantId, change, ct),
            tenant => request is { TimeZone: null, UnpricedUsage: null }
                ? ApiResult.Ok(SettingsResponse.Of(tenant))
                : ApiResult.Ok(SettingsResponse.Of(tenant), ControlChange.Tenant(tenant.Id)));
    }

    /// <summary>
    /// Returns why the caller may not change one of the fields; null if they may change them all. Administrators could
    /// otherwise give themselves the right that the setting keeps from them.
    /// </summary>
    private static Error? WhyNot(Caller caller, ChangeSettingsRequest request)
    {
        if (request.OwnerAppointsAdministrators is not null && !caller.Has(Permission.TransferOwnership))
            return Missing("ownerAppointsAdministrators", Permission.TransferOwnership);
        return request.BillingSite.HasValue && !caller.Has(Permission.ManageTenants)
            ? Missing("billingSite", Permission.ManageTenants)
            : null;

        static Error Missing(string field, Permission permission) =>
            new Error.Forbidden($"{field}: {AccessRules.MissingText(permission)}");
    }

    /// <summary>
    /// Whether the caller may demand a second factor: the operator, or a member who has one, so that the rule never
    /// locks everyone out.
    /// </summary>
    private static async Task<bool> MayDemandAsync(Caller caller, AccountStore accounts, CancellationToken ct) =>
        caller.IsOperator || await accounts.FindAsync(caller.MemberId, ct) is { TotpConfirmedAt: not null };

    protected override async Task<ApiResult> LockAsync(ChangeSettingsRequest request, CancellationToken ct) =>
        await tenants.LockAsync(work, TenantId, ct) is { } tenant
            ? ApiResult.Ok(SettingsResponse.Of(tenant))
            : ApiResult.NotFound("tenant");
}

/// <summary>The settings to change.</summary>
/// <param name="Name">The tenant's name, 1 to 100 characters; unchanged if omitted.</param>
/// <param name="TimeZone">
/// The IANA time zone of its days and months, such as <c>Asia/Tokyo</c>; unchanged if omitted.
/// </param>
/// <param name="Language">The language of its mails; unchanged if omitted.</param>
/// <param name="RequireMfa">
/// Whether members without a second factor can do nothing except enrol one; unchanged if omitted.
/// </param>
/// <param name="OwnerAppointsAdministrators">
/// Whether only the owner appoints and demotes administrators; unchanged if omitted. Only the owner and the operator
/// change it.
/// </param>
/// <param name="UnpricedUsage">
/// What happens to usage without a price where an amount or credits are limited; unchanged if omitted.
/// </param>
internal sealed record ChangeSettingsRequest(
    string? Name = null,
    string? TimeZone = null,
    [AllowedValues("en", "fr")] string? Language = null,
    bool? RequireMfa = null,
    bool? OwnerAppointsAdministrators = null,
    [AllowedValues("allow", "refuse")] string? UnpricedUsage = null)
{
    // Not parameters, which the document would show as required: its generator can't write a structure's default.

    /// <summary>The address that bills go to; null removes it, and it is unchanged if omitted.</summary>
    public Optional<string> BillingContact { get; init; }

    /// <summary>
    /// The http or https URL where bills and payment methods are managed; null removes it, and it is unchanged if
    /// omitted. Only the operator changes it.
    /// </summary>
    public Optional<string> BillingSite { get; init; }
}

internal sealed class ChangeSettingsRequestValidator : Validator<ChangeSettingsRequest>
{
    public ChangeSettingsRequestValidator()
    {
        RuleFor(static r => r.Name).Follows(FieldRules.Text).When(static r => r.Name is not null);
        RuleFor(static r => r.TimeZone).Follows(FieldRules.TimeZone).When(static r => r.TimeZone is not null);
        RuleFor(static r => r.Language).Follows(TenantFields.Language).When(static r => r.Language is not null);
        RuleFor(static r => r.UnpricedUsage).Follows(TenantFields.UnpricedUsage)
            .When(static r => r.UnpricedUsage is not null);
        RuleFor(static r => r.BillingContact).Follows(static contact => FieldRules.Email(contact.Value))
            .When(static r => r.BillingContact.Value is not null);
        RuleFor(static r => r.BillingSite).Follows(static site => FieldRules.WebAddress(site.Value))
            .When(static r => r.BillingSite.Value is not null);
    }
}
