using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Metering.Keys;
using Sluice.Storage.Control;
using Sluice.Storage.Keys;

namespace Sluice.Api.Management.Keys;

/// <summary><c>POST /api/v1/tenants/{t}/projects/{p}/keys/{k}/regenerate</c></summary>
internal static class RegenerateProjectKey
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v1/tenants/{t}/projects/{p}/keys/{k}/regenerate", HandleAsync)
        .Needs(Permission.ManageProjectKeys)
        .AsAction()
        .Describe("RegenerateProjectKey", "Replaces a key's secret; the old one is dead when this returns")
        .Produces<RegeneratedKey>();

    private static async Task<Reply> HandleAsync(
        TenantId t,
        ProjectId p,
        KeyId k,
        RegenerateRequest? request,
        ControlTransaction tx,
        IKeyStore keys,
        CancellationToken ct)
    {
        var rules = new RuleCheck();
        var grace = rules.Grace("graceSeconds", request?.GraceSeconds);
        // An id that is none has no key to make a secret for.
        if (rules.Refusal is { } refusal)
            return Reply.Refused(refusal);
        if (k.Value == 0)
            return Reply.NotFound("key");

        var secret = ApiKeyFormat.Generate(KeyKind.Project, k.Value);
        return Reply.Of(
            await keys.RegenerateAsync(tx, new(t.Value, p.Value, k.Value), [.. secret.Hash], grace, ct),
            key => Reply.Ok(RegeneratedKey.Of(key, secret.Text), ControlChange.Key(key.Id)));
    }
}
