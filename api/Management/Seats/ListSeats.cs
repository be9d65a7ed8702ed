using Sluice.Storage.Control.Seats;

namespace Sluice.Api.Management.Seats;

/// <summary><c>GET /api/v1/tenants/{t}/seats</c></summary>
internal sealed class ListSeats(SeatStore seats) : ManagementEndpoint<PageQuery>
{
    public override void Configure()
    {
        Get("/seats");
        Group<SeatsEndpoints>();
        Requires(Permission.ManageSeats);
        Describe("List a tenant's seats, oldest first, with the number of all seats by state");
        Returns<ListSeatsResponse>();
    }

    public override async Task<ApiResult> ExecuteAsync(PageQuery query, CancellationToken ct)
    {
        if (query.Read(IdText.Seat).IsError(out var error, out var page))
            return ApiResult.Failure(error);
        if ((await seats.ListAsync(TenantId, page, ct)).IsError(out error, out var found))
            return ApiResult.Failure(error);
        var counts = await seats.CountAsync(TenantId, ct);
        var list = ListResponse<SeatResponse>.Of(found, SeatResponse.Of, static seat => Ids.Seat(seat.Id));
        return ApiResult.Ok(
            new ListSeatsResponse(list.Items, list.Next, counts.Assigned, counts.Unassigned, counts.Expired));
    }
}

/// <param name="Items">The seats of this page, oldest first.</param>
/// <param name="Next">The value of <c>after</c> for the next page; null on the last one.</param>
/// <param name="Assigned">The number of all seats that a member holds.</param>
/// <param name="Unassigned">The number of all seats that are free.</param>
/// <param name="Expired">The number of all seats whose plan has ended.</param>
internal sealed record ListSeatsResponse(
    IReadOnlyList<SeatResponse> Items, string? Next, long Assigned, long Unassigned, long Expired);
