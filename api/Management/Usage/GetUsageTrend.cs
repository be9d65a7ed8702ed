using System.Globalization;
using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Endpoints;
using Sluice.Api.Validation;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Storage.Metrics;
using Sluice.Storage.Tenants;
using Sluice.Storage.Usage;

namespace Sluice.Api.Management.Usage;

/// <summary><c>GET /api/v1/tenants/{t}/usage/trend?days&amp;metric&amp;project</c></summary>
internal sealed class GetUsageTrend(ITenantStore tenants, IUsageStore usage, IMetricStore metrics, TimeProvider time)
    : ManagementEndpoint<GetUsageTrendQuery>
{
    public override void Configure()
    {
        Get("/tenants/{t}/usage/trend");
        Group<UsageEndpoints>();
        Requires(Permission.ReadUsage);
        Describe("Get settled usage by the hour or day up to now, without gaps, and the total of the span before");
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

    /// <summary>The first of the sums is that of the span before.</summary>
    private static GetUsageTrendResponse Show(IReadOnlyList<DateTimeOffset> bounds, IReadOnlyList<long> sums, Metric metric) => new(
        [
            .. Enumerable.Range(1, sums.Count - 1).Select(
                i => new GetUsageTrendItem(bounds[i], bounds[i + 1], metric.Name, JsonDecimal.Of(sums[i], metric.Decimals))),
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

/// <param name="Days">1 for the last 24 hours, 7 or 30 for as many days; 7 where left out.</param>
/// <param name="Metric">A metric's name; <c>amount</c> where left out.</param>
/// <param name="Project">A project's id; all usage where left out.</param>
internal sealed record GetUsageTrendQuery(
    string? Days, string? Metric, string? Project);

/// <param name="Start">First instant of an hour or a day of the tenant.</param>
/// <param name="End">First instant after it; that of the last one is yet to come.</param>
/// <param name="Metric">Name of the metric.</param>
/// <param name="Value">What was used; 0 where nothing was.</param>
internal sealed record GetUsageTrendItem(DateTimeOffset Start, DateTimeOffset End, string Metric, JsonDecimal Value);

/// <param name="Items">Every hour or day, oldest first; the last one is the running one.</param>
/// <param name="Total">Of all items.</param>
/// <param name="PreviousTotal">Of as many hours or days before the first.</param>
internal sealed record GetUsageTrendResponse(IReadOnlyList<GetUsageTrendItem> Items, JsonDecimal Total, JsonDecimal PreviousTotal);
