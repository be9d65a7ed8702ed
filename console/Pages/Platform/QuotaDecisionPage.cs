using System.Globalization;
using Microsoft.AspNetCore.Components;
using Sluice.Client.Models;
using Sluice.WebConsole.Parts;

namespace Sluice.WebConsole.Pages.Platform;

/// <summary>A page where the operator decides a request for more quota.</summary>
public abstract class QuotaDecisionPage : PlatformPage
{
    /// <summary>The address of the list of requests.</summary>
    protected const string List = "/console/platform/quota-requests";

    /// <summary>How many days of usage are shown beside the decision.</summary>
    protected const int Days = 90;

    [Parameter]
    public string RequestId { get; set; } = "";

    /// <summary>The request; null until it is read, or if it is not there.</summary>
    protected QuotaRequestResponse? Request { get; private set; }

    protected TenantResponse? Tenant { get; private set; }

    /// <summary>The present quota; null for none.</summary>
    protected decimal? Quota { get; private set; }

    /// <summary>The name of who asked.</summary>
    protected string Requester { get; private set; } = "";

    /// <summary>The tenant's amount by day.</summary>
    protected IReadOnlyList<BarChart.Point> AmountByDay { get; private set; } = [];

    protected override async Task ReadAsync()
    {
        // There is no operation for one request.
        Request = await FindAsync("open") ?? await FindAsync(null);
        if (Request is null)
        {
            if (Problem is null)
                Fail(NotThere.Problem);
            return;
        }

        Tenant = Take(await Api.GetTenantAsync(Request.TenantId, ct: Ct));
        Quota = Take(await Api.GetQuotaAsync(Request.TenantId, ct: Ct))?.Amount;
        Requester = await NameOfAsync(Request.TenantId, Request.CreatedBy);
        var last = F.DayOf(View.Now);
        var first = last.AddDays(1 - Days);
        var usage = await Api.GetUsageAsync(
            Request.TenantId, from: first.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), metric: "amount",
            groupBy: "day", ct: Ct);
        AmountByDay = TimeSeries.ByDay(usage.Value?.Items ?? [], first, last, F);
    }

    private async Task<QuotaRequestResponse?> FindAsync(string? state)
    {
        if (Problem is not null)
            return null;
        var all = await AllAsync<QuotaRequestListResponse, QuotaRequestResponse>(
            after => Api.ListAllQuotaRequestsAsync(state, after, 500, ct: Ct));
        return all.FirstOrDefault(request => request.Id == RequestId);
    }
}
