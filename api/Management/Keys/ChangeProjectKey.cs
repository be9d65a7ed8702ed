using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Storage.Control;
using Sluice.Storage.Keys;

namespace Sluice.Api.Management.Keys;

/// <summary><c>PATCH /api/v1/tenants/{t}/projects/{p}/keys/{k}</c></summary>
internal static class ChangeProjectKey
{
    /// <summary>What is left out stays; an <c>expiresAt</c> of null removes the expiry.</summary>
    internal sealed record Request(string? Name, Given<DateTimeOffset?> ExpiresAt);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPatch("/api/v1/tenants/{t}/projects/{p}/keys/{k}", HandleAsync)
        .Needs(Permission.ManageProjectKeys)
        .AsAction()
        .Describe("ChangeProjectKey", "Renames a key or changes its expiry")
        .Produces<KeyView>();

    private static async Task<Reply> HandleAsync(
        TenantId t,
        ProjectId p,
        KeyId k,
        Request request,
        ControlTransaction tx,
        IKeyStore keys,
        TimeProvider time,
        CancellationToken ct)
    {
        var rules = new RuleCheck();
        if (request.Name is not null)
            rules.Text("name", request.Name);
        rules.Expiry("expiresAt", request.ExpiresAt.Value, time);
        if (rules.Refusal is { } refusal)
            return Reply.Refused(refusal);

        var change = new KeyChange(request.Name, request.ExpiresAt.IsGiven, request.ExpiresAt.Value);
        return Reply.Of(
            await keys.ChangeAsync(tx, new(t.Value, p.Value, k.Value), change, ct),
            key => request.ExpiresAt.IsGiven
                ? Reply.Ok(KeyView.Of(key), ControlChange.Key(key.Id))
                : Reply.Ok(KeyView.Of(key)));
    }
}
