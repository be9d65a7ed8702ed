using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Sluice.Metering.Periods;
using Sluice.Storage.Control.Metrics;
using Sluice.Storage.Control.Tenants;
using Sluice.Storage.Reports.Usage;

namespace Sluice.Api.Management.Usage;

/// <summary><c>GET /api/v1/tenants/{t}/usage/trend?days&amp;metric&amp;project</c></summary>
internal sealed class GetUsageTrend(TenantStore tenants, UsageStore usage, MetricStore metrics, TimeProvider time)
    : ManagementEndpoint<GetUsageTrendQuery>
{
    public override void Configure()
    {
        Get("/tenants/{t}/usage/trend");
        Group<UsageEndpoints>();
        Requires(Permission.ReadUsage);
        Report();
        Describe("Get settled usage by hour or day up to now, without gaps, with the total of the previous span");
        Returns<GetUsageTrendResponse>();
    }

    public override async Task<ApiResult> ExecuteAsync(GetUsageTrendQuery query, CancellationToken ct)
    {
        if (await tenants.FindAsync(TenantId, ct) is not { } tenant)
            return ApiResult.NotFound("tenant");
        var rules = new FieldErrors();
        var days = ReadDays(rules, query.Days);
        var metric = ReadMetric(rules, query.Metric, await metrics.ReadAsync(ct));
        var project = ReadProject(rules, query.Project);
        if (rules.Error is { } error)
            return ApiResult.Failure(error);
        if (project is { } named && !Caller.SeesAll && !Caller.Projects.ContainsKey(named))
            return ApiResult.NotFound("project");

        if (!TenantCalendar.TryCreate(tenant.TimeZone, out var calendar, out var problem))
            throw new InvalidOperationException($"The stored time zone is not usable: {problem}");
        var bounds = TrendSpan.BoundsOf(calendar, days, time.GetUtcNow());
        var sums = await usage.TrendAsync(new(tenant.Id, bounds, metric.Id, project, Caller.Visibility), ct);
        return ApiResult.Ok(Show(bounds, sums, metric));
    }

    /// <summary>Builds the response; the first sum is that of the previous span.</summary>
    private static GetUsageTrendResponse Show(
        IReadOnlyList<DateTimeOffset> bounds, IReadOnlyList<long> sums, Metric metric) => new(
        [
            .. Enumerable.Range(1, sums.Count - 1).Select(
                i => new GetUsageTrendItem(
                    bounds[i], bounds[i + 1], metric.Name, JsonDecimal.Of(sums[i], metric.Decimals))),
        ],
        JsonDecimal.Of(sums.Skip(1).Sum(), metric.Decimals),
        JsonDecimal.Of(sums[0], metric.Decimals));

    private static int ReadDays(FieldErrors rules, string? text)
    {
        const int Default = 7;
        if (string.IsNullOrEmpty(text))
            return Default;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days)
            || !TrendSpan.Days.Contains(days))
        {
            rules.Add("days", "one-of", $"Must be one of {string.Join(", ", TrendSpan.Days)}.");
        }

        return days;
    }

    private static Metric ReadMetric(FieldErrors rules, string? name, MetricCatalogue catalogue)
    {
        if (string.IsNullOrEmpty(name))
            return catalogue[MetricId.Amount];
        if (catalogue.TryGet(name, out var metric))
            return metric;
        rules.Add("metric", "metric-unknown", "There is no such metric.");
        return catalogue[MetricId.Amount];
    }

    private static long? ReadProject(FieldErrors rules, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (IdText.TryParse(IdText.Project, text, out var id))
            return id;
        rules.Add("project", "id-form", "Must be the id of a project.");
        return null;
    }
}

/// <param name="Days">1 for the last 24 hours, 7 or 30 for that many days; 7 if omitted.</param>
/// <param name="Metric">The metric's name, such as <c>text_tokens</c>; <c>amount</c> if omitted.</param>
/// <param name="Project">The project's id, such as <c>p0000000001a</c>; all usage if omitted.</param>
internal sealed record GetUsageTrendQuery(
    [AllowedValues("1", "7", "30")] string? Days = null,
    string? Metric = null,
    string? Project = null);

/// <param name="Start">The first instant of the hour or day, in UTC.</param>
/// <param name="End">The first instant after it, in UTC; in the last item it is in the future.</param>
/// <param name="Metric">The metric's name, such as <c>text_tokens</c>.</param>
/// <param name="Value">The usage, in the metric's units; 0 if there was none.</param>
internal sealed record GetUsageTrendItem(DateTimeOffset Start, DateTimeOffset End, string Metric, JsonDecimal Value);

/// <param name="Items">
/// Every hour or day of the tenant's time zone, oldest first; the last one is still running.
/// </param>
/// <param name="Total">The sum of all items, in the metric's units.</param>
/// <param name="PreviousTotal">The sum of as many hours or days before the first item.</param>
internal sealed record GetUsageTrendResponse(
    IReadOnlyList<GetUsageTrendItem> Items, JsonDecimal Total, JsonDecimal PreviousTotal);
