using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Seats;

namespace Sluice.Api.Management.Seats;

/// <summary><c>GET /api/v1/tenants/{t}/seats</c></summary>
internal static class ListSeats
{
    /// <param name="Items">One page.</param>
    /// <param name="Next">What <c>after</c> is for the next page; null on the last one.</param>
    /// <param name="Assigned">Of all seats, as the two that follow.</param>
    internal sealed record Response(
        IReadOnlyList<SeatView> Items, string? Next, long Assigned, long Unassigned, long Expired);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/tenants/{t}/seats", HandleAsync)
        .Needs(Permission.ManageSeats)
        .Describe("ListSeats", "Lists a tenant's seats, oldest first, and counts all of them by state")
        .Produces<Response>();

    private static async Task<Reply> HandleAsync(
        TenantId t, [AsParameters] PageQuery query, ISeatStore seats, CancellationToken ct)
    {
        if (query.Read(IdText.Seat).IsRefused(out var refusal, out var page))
            return Reply.Refused(refusal);
        if ((await seats.ListAsync(t.Value, page, ct)).IsRefused(out refusal, out var found))
            return Reply.Refused(refusal);
        var counts = await seats.CountAsync(t.Value, ct);
        var list = ListOf<SeatView>.Of(found, SeatView.Of, static seat => Ids.Seat(seat.Id));
        return Reply.Ok(
            new Response(list.Items, list.Next, counts.Assigned, counts.Unassigned, counts.Expired));
    }
}
