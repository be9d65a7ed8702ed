using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Control;
using Sluice.Storage.Seats;

namespace Sluice.Api.Management.Seats;

/// <summary><c>POST /api/v1/tenants/{t}/seats/{s}/assign</c></summary>
internal static class AssignSeat
{
    internal sealed record Request(string? MemberId);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v1/tenants/{t}/seats/{s}/assign", HandleAsync)
        .Needs(Permission.ManageSeats)
        .AsAction()
        .Describe("AssignSeat", "Gives an unassigned seat to a member who has none")
        .Produces<SeatView>();

    private static async Task<Reply> HandleAsync(
        TenantId t, SeatId s, Request request, ControlTransaction tx, ISeatStore seats, CancellationToken ct)
    {
        var rules = new RuleCheck();
        rules.Given("memberId", request.MemberId);
        if (rules.Refusal is { } refusal)
            return Reply.Refused(refusal);
        return Reply.Of(
            await seats.AssignAsync(tx, t.Value, s.Value, Ids.Read(IdText.Member, request.MemberId), ct),
            static change => Reply.Ok(SeatView.Of(change.Seat), [.. change.DeadKeys.Select(ControlChange.Key)]));
    }
}
