using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Storage.Control;
using Sluice.Storage.Keys;

namespace Sluice.Api.Management.Keys;

/// <summary><c>DELETE /api/v1/tenants/{t}/projects/{p}/keys/{k}</c></summary>
internal static class DeleteProjectKey
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/api/v1/tenants/{t}/projects/{p}/keys/{k}", HandleAsync)
        .Needs(Permission.ManageProjectKeys)
        .AsAction()
        .Describe("DeleteProjectKey", "Deletes a key; it is dead when this returns")
        .Produces(StatusCodes.Status204NoContent);

    private static async Task<Reply> HandleAsync(
        TenantId t, ProjectId p, KeyId k, ControlTransaction tx, IKeyStore keys, CancellationToken ct) =>
        Reply.Of(
            await keys.DeleteAsync(tx, new(t.Value, p.Value, k.Value), ct),
            static key => Reply.NoContent(ControlChange.Key(key.Id)));
}
