using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Auth;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Control;
using Sluice.Storage.Tenants;

namespace Sluice.Api.Management.Tenants;

/// <summary><c>POST /api/v1/tenants</c></summary>
internal static class CreateTenant
{
    internal sealed record Request(
        string? Name, string? BillingAccountId, string? TimeZone, string? Language, string? Currency, Owner? Owner);

    internal sealed record Owner(string? UserName, string? Email);

    /// <param name="OneTimePassword">Of the owner; shown this once, to be changed at the first sign-in.</param>
    internal sealed record Response(
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

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v1/tenants", HandleAsync)
        .Needs(Permission.ManageTenants)
        .AsAction()
        .Describe("CreateTenant", "Creates a tenant with its Default project and its owner")
        .Produces<Response>(StatusCodes.Status201Created);

    private static async Task<Reply> HandleAsync(
        Request request,
        ControlTransaction tx,
        ITenantStore tenants,
        Passwords passwords,
        CancellationToken ct)
    {
        var rules = new RuleCheck();
        Check(request, rules);
        if (rules.Refusal is { } refusal)
            return Reply.Refused(refusal);

        var password = await OneTimePassword.MakeAsync(passwords, ct);
        var tenant = new NewTenant(
            IdText.NewValue(),
            request.Name!,
            request.BillingAccountId!,
            request.TimeZone!,
            request.Language!,
            request.Currency!,
            IdText.NewValue(),
            new(IdText.NewValue(), request.Owner!.UserName!, request.Owner.Email!, password.Hash));
        return Reply.Of(
            await tenants.CreateAsync(tx, tenant, ct),
            created => Reply.Created($"/api/v1/tenants/{Ids.Tenant(created.Id)}", Show(created, tenant, password)));
    }

    private static void Check(Request request, RuleCheck rules)
    {
        rules.Text("name", request.Name);
        rules.Text("billingAccountId", request.BillingAccountId);
        rules.TimeZone("timeZone", request.TimeZone);
        rules.OneOf("language", request.Language, TenantFields.Languages);
        rules.Currency("currency", request.Currency);
        if (request.Owner is null)
        {
            rules.Break("owner", "required", "Must be given: every tenant has an owner.");
            return;
        }

        rules.UserName("owner.userName", request.Owner.UserName);
        rules.Email("owner.email", request.Owner.Email);
    }

    private static Response Show(Tenant created, NewTenant made, OneTimePassword password) => new(
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
