using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Storage.Accounts;
using Sluice.Storage.Control;
using Sluice.Storage.Tenants;

namespace Sluice.Api.Management.Tenants;

/// <summary><c>PATCH /api/v1/tenants/{t}/settings</c></summary>
internal static class ChangeSettings
{
    /// <summary>What is left out stays; a <c>billingContact</c> of null removes the contact.</summary>
    internal sealed record Request(
        string? Name, string? TimeZone, string? Language, bool? RequireMfa, Given<string> BillingContact);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPatch("/api/v1/tenants/{t}/settings", HandleAsync)
        .Needs(Permission.ChangeSettings)
        .AsAction()
        .Describe("ChangeSettings", "Changes a tenant's settings")
        .Produces<SettingsView>();

    private static async Task<Reply> HandleAsync(
        TenantId t,
        Caller caller,
        Request request,
        ControlTransaction tx,
        ITenantStore tenants,
        IAccountStore accounts,
        CancellationToken ct)
    {
        var rules = new RuleCheck();
        if (request.Name is not null)
            rules.Text("name", request.Name);
        if (request.TimeZone is not null)
            rules.TimeZone("timeZone", request.TimeZone);
        if (request.Language is not null)
            rules.OneOf("language", request.Language, TenantFields.Languages);
        if (request.BillingContact.Value is { } contact)
            rules.Email("billingContact", contact);
        if (rules.Refusal is { } refusal)
            return Reply.Refused(refusal);
        if (request.RequireMfa == true && !await MayDemandAsync(caller, accounts, ct))
        {
            return Reply.Refused(new Refusal.Conflict(
                "Enrol a second factor of your own before you demand one of everybody: POST /api/v1/me/mfa/enroll."));
        }

        var change = new TenantChange(request.Name, request.TimeZone, request.Language)
        {
            RequireMfa = request.RequireMfa,
            ChangesBillingContact = request.BillingContact.IsGiven,
            BillingContact = request.BillingContact.Value,
        };
        // A repeated request has nothing left to change, but the nodes may still not have heard of the first.
        return Reply.Of(
            await tenants.ChangeAsync(tx, t.Value, change, ct),
            tenant => request.TimeZone is null
                ? Reply.Ok(SettingsView.Of(tenant))
                : Reply.Ok(SettingsView.Of(tenant), ControlChange.Tenant(tenant.Id)));
    }

    /// <summary>Whoever makes the rule can follow it, so it never shuts out everybody.</summary>
    private static async Task<bool> MayDemandAsync(Caller caller, IAccountStore accounts, CancellationToken ct) =>
        caller.IsOperator || await accounts.FindAsync(caller.MemberId, ct) is { TotpConfirmedAt: not null };
}
