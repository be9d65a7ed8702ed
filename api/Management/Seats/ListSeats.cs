using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Endpoints;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Seats;

namespace Sluice.Api.Management.Seats;

/// <summary><c>GET /api/v1/tenants/{t}/seats</c></summary>
internal sealed class ListSeats(ISeatStore seats) : ManagementEndpoint<PageQuery>
{
    public override void Configure()
    {
        Get("/seats");
        Group<SeatsEndpoints>();
        Requires(Permission.ManageSeats);
        Describe("List a tenant's seats, oldest first, and counts all of them by state");
        Returns<ListSeatsResponse>();
    }

    public override async Task<ApiResult> ExecuteAsync(PageQuery query, CancellationToken ct)
    {
        if (query.Read(IdText.Seat).IsError(out var error, out var page))
            return ApiResult.Failure(error);
        if ((await seats.ListAsync(TenantId, page, ct)).IsError(out error, out var found))
            return ApiResult.Failure(error);
        var counts = await seats.CountAsync(TenantId, ct);
        var list = ListOf<SeatView>.Of(found, SeatView.Of, static seat => Ids.Seat(seat.Id));
        return ApiResult.Ok(
            new ListSeatsResponse(list.Items, list.Next, counts.Assigned, counts.Unassigned, counts.Expired));
    }
}

/// <param name="Items">One page.</param>
/// <param name="Next">What <c>after</c> is for the next page; null on the last one.</param>
/// <param name="Assigned">Of all seats, as the two that follow.</param>
internal sealed record ListSeatsResponse(
    IReadOnlyList<SeatView> Items, string? Next, long Assigned, long Unassigned, long Expired);
