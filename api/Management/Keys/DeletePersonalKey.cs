using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Storage.Keys;

namespace Sluice.Api.Management.Keys;

/// <summary><c>DELETE /api/v1/tenants/{t}/me/personal-key</c>, <c>DELETE /api/v1/me/personal-key</c></summary>
internal static class DeletePersonalKey
{
    public static void Map(IEndpointRouteBuilder routes) => PersonalKeyRoutes.Both(
        "",
        path => routes.MapDelete(path, HandleAsync).AsAction().Produces(StatusCodes.Status204NoContent),
        "DeletePersonalKey",
        "Deletes the caller's personal key; it is dead when this returns");

    private static Task<Reply> HandleAsync(Caller caller, HeldKeys keys, CancellationToken ct) =>
        keys.DeleteAsync(HeldKey.Personal(caller.TenantId, caller.MemberId), ct);
}
