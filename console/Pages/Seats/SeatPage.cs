using Microsoft.AspNetCore.Components;
using Sluice.Client.Models;
using Sluice.WebConsole.Parts;

namespace Sluice.WebConsole.Pages.Seats;

/// <summary>A page about one seat of a tenant.</summary>
public abstract class SeatPage : TenantPage
{
    private const int PageSize = 500;

    [Parameter]
    public string SeatId { get; set; } = "";

    /// <summary>The address of the seat's own page.</summary>
    protected string Own => $"{Root}/seats/{SeatId}";

    /// <summary>The seat; null if it is not there.</summary>
    protected SeatResponse? Seat { get; private set; }

    /// <summary>The user name of the member who holds it; null without one.</summary>
    protected string? Holder { get; private set; }

    protected override async Task LoadAsync()
    {
        Seat = await FindAsync();
        if (Seat is null && Problem is null)
            Fail(NotThere.Problem);
        if (Seat?.MemberId is { } holder)
            Holder = (await Api.GetMemberAsync(TenantId, holder, ct: Ct)).Value?.UserName ?? holder;
    }

    /// <summary>Finds the seat in the list, which is all that the API has.</summary>
    private async Task<SeatResponse?> FindAsync()
    {
        string? after = null;
        do
        {
            if (Take(await Api.ListSeatsAsync(TenantId, after: after, limit: PageSize, ct: Ct)) is not { } page)
                return null;
            if (page.Items.FirstOrDefault(seat => seat.Id == SeatId) is { } found)
                return found;
            after = page.Next;
        }
        while (after is not null);
        return null;
    }
}
