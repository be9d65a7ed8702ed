using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Storage.Keys;

namespace Sluice.Api.Management.Keys;

/// <summary><c>GET /api/v1/tenants/{t}/me/personal-key</c>, <c>GET /api/v1/me/personal-key</c></summary>
internal static class GetPersonalKey
{
    public static void Map(IEndpointRouteBuilder routes) => PersonalKeyRoutes.Both(
        "",
        path => routes.MapGet(path, HandleAsync).Produces<KeyView>(),
        "GetPersonalKey",
        "Shows the caller's personal key, without its secret");

    private static Task<Reply> HandleAsync(Caller caller, HeldKeys keys, CancellationToken ct) =>
        keys.ShowAsync(HeldKey.Personal(caller.TenantId, caller.MemberId), ct);
}
