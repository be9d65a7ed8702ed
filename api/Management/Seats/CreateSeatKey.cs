using Microsoft.Extensions.Options;
using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Management.Keys;
using Sluice.Api.Settings;
using Sluice.Api.Wire;
using Sluice.Storage.Keys;

namespace Sluice.Api.Management.Seats;

/// <summary><c>POST /api/v1/tenants/{t}/seats/{s}/key</c></summary>
internal static class CreateSeatKey
{
    private const string Name = "Seat key";

    /// <param name="ExpiresAt">When it stops working; with the plan, at the latest.</param>
    internal sealed record Request(DateTimeOffset? ExpiresAt);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v1/tenants/{t}/seats/{s}/key", HandleAsync)
        .Needs(Permission.ManageSeats)
        .AsAction()
        .Describe("CreateSeatKey", "Makes the key of an assigned seat; its secret is shown this once")
        .Produces<HandedKey>(StatusCodes.Status201Created);

    private static Task<Reply> HandleAsync(
        TenantId t,
        SeatId s,
        Request? request,
        HeldKeys keys,
        IOptions<SluiceOptions> options,
        CancellationToken ct) =>
        keys.CreateAsync(
            HeldKey.OfSeat(t.Value, s.Value),
            Name,
            request?.ExpiresAt,
            (key, secret) => Reply.Created(
                $"/api/v1/tenants/{Ids.Tenant(t.Value)}/seats/{Ids.Seat(s.Value)}/key",
                HandedKey.Of(key, secret, options.Value.LinkBase)),
            ct);
}
