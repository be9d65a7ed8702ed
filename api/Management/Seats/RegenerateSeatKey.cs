using Microsoft.Extensions.Options;
using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Management.Keys;
using Sluice.Api.Settings;
using Sluice.Api.Wire;
using Sluice.Storage.Keys;

namespace Sluice.Api.Management.Seats;

/// <summary><c>POST /api/v1/tenants/{t}/seats/{s}/key/regenerate</c></summary>
internal static class RegenerateSeatKey
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v1/tenants/{t}/seats/{s}/key/regenerate", HandleAsync)
        .Needs(Permission.ManageSeats)
        .AsAction()
        .Describe("RegenerateSeatKey", "Replaces the secret of a seat's key; the old one is dead when this returns")
        .Produces<HandedKey>();

    private static Task<Reply> HandleAsync(
        TenantId t,
        SeatId s,
        RegenerateRequest? request,
        HeldKeys keys,
        IOptions<SluiceOptions> options,
        CancellationToken ct) =>
        keys.RegenerateAsync(
            HeldKey.OfSeat(t.Value, s.Value),
            request,
            (key, secret) => HandedKey.Of(key, secret, options.Value.LinkBase),
            ct);
}
