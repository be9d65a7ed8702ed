using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Metering.Keys;
using Sluice.Storage.Control;
using Sluice.Storage.Keys;

namespace Sluice.Api.Management.Keys;

/// <summary><c>POST /api/v1/tenants/{t}/projects/{p}/keys</c></summary>
internal static class CreateProjectKey
{
    internal sealed record Request(string? Name, DateTimeOffset? ExpiresAt);

    /// <param name="Secret">The whole key, to be sent as the bearer token; shown this once.</param>
    internal sealed record Response(
        string Id, string Name, DateTimeOffset? ExpiresAt, DateTimeOffset CreatedAt, string Secret);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v1/tenants/{t}/projects/{p}/keys", HandleAsync)
        .Needs(Permission.ManageProjectKeys)
        .AsAction()
        .Describe("CreateProjectKey", "Creates a project key; its secret is shown this once")
        .Produces<Response>(StatusCodes.Status201Created);

    // A node that has never seen the key looks it up, so nothing has to be told to anyone.
    private static async Task<Reply> HandleAsync(
        TenantId t,
        ProjectId p,
        Request request,
        ControlTransaction tx,
        IKeyStore keys,
        TimeProvider time,
        CancellationToken ct)
    {
        var rules = new RuleCheck();
        rules.Text("name", request.Name);
        rules.Expiry("expiresAt", request.ExpiresAt, time);
        if (rules.Refusal is { } refusal)
            return Reply.Refused(refusal);

        var secret = ApiKeyFormat.Generate(KeyKind.Project, IdText.NewValue());
        var key = new NewProjectKey(secret.Parts.KeyId, request.Name!, [.. secret.Hash], request.ExpiresAt);
        return Reply.Of(
            await keys.CreateAsync(tx, t.Value, p.Value, key, ct),
            created => Reply.Created(
                $"/api/v1/tenants/{Ids.Tenant(t.Value)}/projects/{Ids.Project(p.Value)}/keys",
                new Response(Ids.Key(created.Id), created.Name, created.ExpiresAt, created.CreatedAt, secret.Text)));
    }
}
