using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Storage.Keys;

namespace Sluice.Api.Management.Keys;

/// <summary><c>POST /api/v1/tenants/{t}/me/personal-key</c>, <c>POST /api/v1/me/personal-key</c></summary>
internal static class CreatePersonalKey
{
    private const string DefaultName = "Personal key";

    /// <param name="Name">For the member itself.</param>
    /// <param name="ExpiresAt">When it stops working; never where left out.</param>
    internal sealed record Request(string? Name, DateTimeOffset? ExpiresAt);

    /// <param name="Secret">The whole key, to be sent as the bearer token; shown this once.</param>
    internal sealed record Response(
        string Id,
        string Name,
        string MemberId,
        DateTimeOffset? ExpiresAt,
        DateTimeOffset CreatedAt,
        string Secret);

    public static void Map(IEndpointRouteBuilder routes) => PersonalKeyRoutes.Both(
        "",
        path => routes.MapPost(path, HandleAsync).AsAction().Produces<Response>(StatusCodes.Status201Created),
        "CreatePersonalKey",
        "Creates the caller's personal key, of which there is one; its secret is shown this once");

    private static Task<Reply> HandleAsync(
        Caller caller, Request? request, HeldKeys keys, CancellationToken ct) =>
        keys.CreateAsync(
            HeldKey.Personal(caller.TenantId, caller.MemberId),
            request?.Name ?? DefaultName,
            request?.ExpiresAt,
            static (key, secret) => Reply.Created(
                PersonalKeyRoutes.OfCaller,
                new Response(
                    Ids.Key(key.Id),
                    key.Name,
                    Ids.Member(key.MemberId!.Value),
                    key.ExpiresAt,
                    key.CreatedAt,
                    secret)),
            ct);
}
