using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Storage.Metrics;
using Sluice.Storage.Tenants;
using Sluice.Storage.Usage;

namespace Sluice.Api.Management.Usage;

/// <summary><c>GET /api/v1/tenants/{t}/usage/trend?days&amp;metric&amp;project</c></summary>
internal static class GetUsageTrend
{
    /// <param name="Days">1 for the last 24 hours, 7 or 30 for as many days; 7 where left out.</param>
    /// <param name="Metric">A metric's name; <c>amount</c> where left out.</param>
    /// <param name="Project">A project's id; all usage where left out.</param>
    internal readonly record struct Query(
        [FromQuery] string? Days, [FromQuery] string? Metric, [FromQuery] string? Project);

    /// <param name="Start">First instant of an hour or a day of the tenant.</param>
    /// <param name="End">First instant after it; that of the last one is yet to come.</param>
    /// <param name="Metric">Name of the metric.</param>
    /// <param name="Value">What was used; 0 where nothing was.</param>
    internal sealed record Item(DateTimeOffset Start, DateTimeOffset End, string Metric, NumberText Value);

    /// <param name="Items">Every hour or day, oldest first; the last one is the running one.</param>
    /// <param name="Total">Of all items.</param>
    /// <param name="PreviousTotal">Of as many hours or days before the first.</param>
    internal sealed record Response(IReadOnlyList<Item> Items, NumberText Total, NumberText PreviousTotal);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/tenants/{t}/usage/trend", HandleAsync)
        .Needs(Permission.ReadUsage)
        .Describe("GetUsageTrend", "Settled usage by the hour or day up to now, without gaps, beside the span before")
        .Produces<Response>();

    private static async Task<Reply> HandleAsync(
        TenantId t,
        [AsParameters] Query query,
        Caller caller,
        ITenantStore tenants,
        IUsageStore usage,
        IMetricStore metrics,
        TimeProvider time,
        CancellationToken ct)
    {
        if (await tenants.FindAsync(t.Value, ct) is not { } tenant)
            return Reply.NotFound("tenant");
        var rules = new RuleCheck();
        var days = ReadDays(rules, query.Days);
        var metric = ReadMetric(rules, query.Metric, await metrics.ReadAsync(ct));
        var project = ReadProject(rules, query.Project);
        if (rules.Refusal is { } refusal)
            return Reply.Refused(refusal);
        if (project is { } named && !caller.SeesAll && !caller.Projects.ContainsKey(named))
            return Reply.NotFound("project");

        if (!TenantCalendar.TryCreate(tenant.TimeZone, out var calendar, out var error))
            throw new InvalidOperationException($"The stored time zone is not usable: {error}");
        var bounds = TrendSpan.BoundsOf(calendar, days, time.GetUtcNow());
        var sums = await usage.TrendAsync(new(tenant.Id, bounds, metric.Id, project, caller.Sight), ct);
        return Reply.Ok(Show(bounds, sums, metric));
    }

    /// <summary>The first of the sums is that of the span before.</summary>
    private static Response Show(IReadOnlyList<DateTimeOffset> bounds, IReadOnlyList<long> sums, Metric metric) => new(
        [
            .. Enumerable.Range(1, sums.Count - 1).Select(
                i => new Item(bounds[i], bounds[i + 1], metric.Name, NumberText.Of(sums[i], metric.Decimals))),
        ],
        NumberText.Of(sums.Skip(1).Sum(), metric.Decimals),
        NumberText.Of(sums[0], metric.Decimals));

    private static int ReadDays(RuleCheck rules, string? text)
    {
        const int Default = 7;
        if (string.IsNullOrEmpty(text))
            return Default;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days)
            || !TrendSpan.Days.Contains(days))
        {
            rules.Break("days", "one-of", $"Must be one of {string.Join(", ", TrendSpan.Days)}.");
        }

        return days;
    }

    private static Metric ReadMetric(RuleCheck rules, string? name, MetricCatalogue catalogue)
    {
        if (string.IsNullOrEmpty(name))
            return catalogue[MetricId.Amount];
        if (catalogue.TryGet(name, out var metric))
            return metric;
        rules.Break("metric", "metric-unknown", "There is no such metric.");
        return catalogue[MetricId.Amount];
    }

    private static long? ReadProject(RuleCheck rules, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (IdText.TryParse(IdText.Project, text, out var id))
            return id;
        rules.Break("project", "id-form", "Must be the id of a project.");
        return null;
    }
}
