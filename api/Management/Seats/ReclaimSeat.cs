using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Storage.Control;
using Sluice.Storage.Seats;

namespace Sluice.Api.Management.Seats;

/// <summary><c>POST /api/v1/tenants/{t}/seats/{s}/reclaim</c></summary>
internal static class ReclaimSeat
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v1/tenants/{t}/seats/{s}/reclaim", HandleAsync)
        .Needs(Permission.ManageSeats)
        .AsAction()
        .Describe("ReclaimSeat", "Takes a seat back; its key is dead when this returns")
        .Produces<SeatView>();

    private static async Task<Reply> HandleAsync(
        TenantId t, SeatId s, ControlTransaction tx, ISeatStore seats, CancellationToken ct) =>
        Reply.Of(
            await seats.ReclaimAsync(tx, t.Value, s.Value, ct),
            static change => Reply.Ok(SeatView.Of(change.Seat), [.. change.DeadKeys.Select(ControlChange.Key)]));
}
