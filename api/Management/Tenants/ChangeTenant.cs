using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Storage.Control;
using Sluice.Storage.Tenants;

namespace Sluice.Api.Management.Tenants;

/// <summary><c>PATCH /api/v1/tenants/{t}</c></summary>
internal static class ChangeTenant
{
    /// <summary>What is left out stays. The currency stays for good: amounts were counted in it.</summary>
    internal sealed record Request(string? Name, string? TimeZone, string? Language);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPatch("/api/v1/tenants/{t}", HandleAsync)
        .Needs(Permission.ChangeSettings)
        .AsAction()
        .Describe("ChangeTenant", "Changes a tenant's name, time zone or language")
        .Produces<TenantView>();

    private static async Task<Reply> HandleAsync(
        TenantId t, Request request, ControlTransaction tx, ITenantStore tenants, CancellationToken ct)
    {
        var rules = new RuleCheck();
        if (request.Name is not null)
            rules.Text("name", request.Name);
        if (request.TimeZone is not null)
            rules.TimeZone("timeZone", request.TimeZone);
        if (request.Language is not null)
            rules.OneOf("language", request.Language, TenantFields.Languages);
        if (rules.Refusal is { } refusal)
            return Reply.Refused(refusal);

        var change = new TenantChange(request.Name, request.TimeZone, request.Language);
        // A repeated request has nothing left to change, but the nodes may still not have heard of the first.
        return Reply.Of(
            await tenants.ChangeAsync(tx, t.Value, change, ct),
            tenant => request.TimeZone is null
                ? Reply.Ok(TenantView.Of(tenant))
                : Reply.Ok(TenantView.Of(tenant), ControlChange.Tenant(tenant.Id)));
    }
}
