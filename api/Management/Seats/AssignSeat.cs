using FastEndpoints;
using FluentValidation;
using Sluice.Storage.Control.Seats;

namespace Sluice.Api.Management.Seats;

/// <summary><c>POST /api/v1/tenants/{t}/seats/{s}/assign</c></summary>
internal sealed class AssignSeat(UnitOfWork work, SeatStore seats) : ManagementEndpoint<AssignSeatRequest>
{
    public override void Configure()
    {
        Post("/seats/{s}/assign");
        Group<SeatsEndpoints>();
        Requires(Permission.ManageSeats);
        Transactional();
        Describe("Assign a free seat to a member who has none");
        Returns<SeatResponse>();
    }

    public override async Task<ApiResult> ExecuteAsync(AssignSeatRequest request, CancellationToken ct)
    {
        return ApiResult.Of(
            await seats.AssignAsync(
                work, TenantId, RouteId("s", IdText.Seat), Ids.Read(IdText.Member, request.MemberId), ct),
            static change => ApiResult.Ok(
                SeatResponse.Of(change.Seat), [.. change.DeadKeys.Select(ControlChange.Key)]));
    }
}

/// <param name="MemberId">The member's id, such as <c>m0000000001a</c>; the member must have no seat.</param>
internal sealed record AssignSeatRequest(string? MemberId);

internal sealed class AssignSeatRequestValidator : Validator<AssignSeatRequest>
{
    public AssignSeatRequestValidator()
    {
        RuleFor(static r => r.MemberId).Follows(FieldRules.Compared);
    }
}
