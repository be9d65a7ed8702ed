using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Storage.Keys;

namespace Sluice.Api.Management.Keys;

/// <summary>
/// <c>POST /api/v1/tenants/{t}/me/personal-key/regenerate</c>, <c>POST /api/v1/me/personal-key/regenerate</c>
/// </summary>
internal static class RegeneratePersonalKey
{
    public static void Map(IEndpointRouteBuilder routes) => PersonalKeyRoutes.Both(
        "/regenerate",
        path => routes.MapPost(path, HandleAsync).AsAction().Produces<RegeneratedKey>(),
        "RegeneratePersonalKey",
        "Replaces the secret of the caller's personal key; the old one is dead when this returns");

    private static Task<Reply> HandleAsync(
        Caller caller, RegenerateRequest? request, HeldKeys keys, CancellationToken ct) =>
        keys.RegenerateAsync(
            HeldKey.Personal(caller.TenantId, caller.MemberId), request, RegeneratedKey.Of, ct);
}
