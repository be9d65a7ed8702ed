// Written from the OpenAPI document by a test of the API, which says how.
using Sluice.Client.Models;

namespace Sluice.Client;

public sealed partial class SluiceClient
{
    /// <summary>Follow live usage, holds and states: a snapshot, then what changes, at most once a second.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<Stream>> GetLiveEventStreamAsync(string tenantId, CancellationToken ct = default) =>
        StreamAsync(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/live", tenantId)
                .Accepts("text/event-stream"),
            ct);

    /// <summary>Add up the caller's own usage: with their personal and seat keys, or under their name.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="from">
    /// The start: a time, or a day of the tenant's time zone such as <c>2026-11-21</c>; the start of its current month
    /// if omitted.
    /// </param>
    /// <param name="to">
    /// The end, exclusive: a time or a day as in <c>from</c>, at most 3,660 days after it; now if omitted.
    /// </param>
    /// <param name="metric">The metric's name, such as <c>text_tokens</c>; all metrics if omitted.</param>
    /// <param name="groupBy">
    /// Groups separated by commas: <c>month</c>, <c>day</c>, <c>hour</c>, <c>project</c>, <c>key</c>, <c>seat</c>,
    /// <c>member</c>, <c>model</c>; none if omitted. Every sum is also by metric.
    /// </param>
    /// <param name="model">The model's name in events; all usage if omitted.</param>
    /// <param name="top">
    /// Only this many values of the first group that is no time, 1 to 100: those with the most usage over the whole
    /// span. The others are one row with <c>other</c>. Needs a <c>metric</c>, and one or two groups; all values if
    /// omitted.
    /// </param>
    /// <param name="compare">
    /// <c>previous</c> adds the usage of the span of the same length directly before; none if omitted.
    /// </param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<GetUsageResponse>> GetOwnUsageAsync(
        string tenantId,
        string? from = null,
        string? to = null,
        string? metric = null,
        string? groupBy = null,
        string? model = null,
        int? top = null,
        string? compare = null,
        CancellationToken ct = default) =>
        SendAsync<GetUsageResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/me/usage", tenantId)
                .With("from", from)
                .With("to", to)
                .With("metric", metric)
                .With("groupBy", groupBy)
                .With("model", model)
                .With("top", top)
                .With("compare", compare),
            ct);

    /// <summary>
    /// Get live usage, holds and states, as far as the caller may see them; of one scope with ?scopeId=.
    /// </summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="scopeId">Only the scope with this id, such as <c>p0000000001a</c>; all if omitted.</param>
    /// <param name="limited">
    /// <c>true</c> for scopes with a limit or a warning of their own only; all if omitted.
    /// </param>
    /// <param name="tightest">
    /// Only this many counters, 1 to 100: those with the largest part of their limit used or held, and these first; all
    /// if omitted. In a tenant with more than 1,000 limited scopes they are chosen among the 1,000 with the largest
    /// part of a limit used.
    /// </param>
    /// <param name="after">The <c>next</c> of the previous page; the first page if omitted.</param>
    /// <param name="limit">The most scopes of the page, 1 to 1,000; 1,000 if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<GetStateItemListResponse>> GetStateAsync(
        string tenantId,
        string? scopeId = null,
        string? limited = null,
        int? tightest = null,
        string? after = null,
        int? limit = null,
        CancellationToken ct = default) =>
        SendAsync<GetStateItemListResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/state", tenantId)
                .With("scopeId", scopeId)
                .With("limited", limited)
                .With("tightest", tightest)
                .With("after", after)
                .With("limit", limit),
            ct);

    /// <summary>List the projects, keys, seats, members or models with the most settled usage.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="groupBy">
    /// The lists, separated by commas: <c>project</c>, <c>key</c>, <c>seat</c>, <c>member</c>, <c>model</c>.
    /// </param>
    /// <param name="metric">The metric whose usage counts; <c>amount</c> if omitted.</param>
    /// <param name="from">
    /// The start: a time, or a day of the tenant's time zone such as <c>2026-11-21</c>; the start of its current month
    /// if omitted.
    /// </param>
    /// <param name="to">The end, exclusive: a time or a day as in <c>from</c>; now if omitted.</param>
    /// <param name="count">The most rows of a list, 1 to 100; 5 if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<GetTopUsageResponse>> GetTopUsageAsync(
        string tenantId,
        string? groupBy = null,
        string? metric = null,
        string? from = null,
        string? to = null,
        int? count = null,
        CancellationToken ct = default) =>
        SendAsync<GetTopUsageResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/usage/top", tenantId)
                .With("groupBy", groupBy)
                .With("metric", metric)
                .With("from", from)
                .With("to", to)
                .With("count", count),
            ct);

    /// <summary>List usage without a price, by tenant, model and metric.</summary>
    /// <param name="from">The start, a time; 35 days ago if omitted.</param>
    /// <param name="to">The end, exclusive, a time; now if omitted.</param>
    /// <param name="after">The <c>next</c> of the previous page; the first page if omitted.</param>
    /// <param name="limit">The most items of the page, 1 to 500; 50 if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<GetUnpricedUsageItemListResponse>> GetUnpricedUsageAsync(
        string? from = null,
        string? to = null,
        string? after = null,
        int? limit = null,
        CancellationToken ct = default) =>
        SendAsync<GetUnpricedUsageItemListResponse>(
            SluiceRequest.To("GET", "/api/v1/unpriced-usage")
                .With("from", from)
                .With("to", to)
                .With("after", after)
                .With("limit", limit),
            ct);

    /// <summary>Add up a tenant's settled usage by the requested groups; JSON or CSV by Accept.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="from">
    /// The start: a time, or a day of the tenant's time zone such as <c>2026-11-21</c>; the start of its current month
    /// if omitted.
    /// </param>
    /// <param name="to">
    /// The end, exclusive: a time or a day as in <c>from</c>, at most 3,660 days after it; now if omitted.
    /// </param>
    /// <param name="metric">The metric's name, such as <c>text_tokens</c>; all metrics if omitted.</param>
    /// <param name="groupBy">
    /// Groups separated by commas: <c>month</c>, <c>day</c>, <c>hour</c>, <c>project</c>, <c>key</c>, <c>seat</c>,
    /// <c>member</c>, <c>model</c>; none if omitted. Every sum is also by metric.
    /// </param>
    /// <param name="project">The project's id, such as <c>p0000000001a</c>; all usage if omitted.</param>
    /// <param name="key">The key's id, such as <c>k0000000001a</c>; all usage if omitted.</param>
    /// <param name="seat">The seat's id, such as <c>s0000000001a</c>; all usage if omitted.</param>
    /// <param name="member">
    /// The member's label in events, or the id of the member who holds the key if events had no label; all usage if
    /// omitted.
    /// </param>
    /// <param name="model">The model's name in events; all usage if omitted.</param>
    /// <param name="top">
    /// Only this many values of the first group that is no time, 1 to 100: those with the most usage over the whole
    /// span. The others are one row with <c>other</c>. Needs a <c>metric</c>, and one or two groups; all values if
    /// omitted.
    /// </param>
    /// <param name="compare">
    /// <c>previous</c> adds the usage of the span of the same length directly before, in JSON; none if omitted.
    /// </param>
    /// <param name="names">
    /// <c>true</c> adds columns with the names of projects, keys, seats and members to CSV; JSON always has them.
    /// </param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<GetUsageResponse>> GetUsageAsync(
        string tenantId,
        string? from = null,
        string? to = null,
        string? metric = null,
        string? groupBy = null,
        string? project = null,
        string? key = null,
        string? seat = null,
        string? member = null,
        string? model = null,
        int? top = null,
        string? compare = null,
        string? names = null,
        CancellationToken ct = default) =>
        SendAsync<GetUsageResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/usage", tenantId)
                .With("from", from)
                .With("to", to)
                .With("metric", metric)
                .With("groupBy", groupBy)
                .With("project", project)
                .With("key", key)
                .With("seat", seat)
                .With("member", member)
                .With("model", model)
                .With("top", top)
                .With("compare", compare)
                .With("names", names),
            ct);

    /// <summary>Add up a tenant's settled usage by the requested groups; JSON or CSV by Accept.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="from">
    /// The start: a time, or a day of the tenant's time zone such as <c>2026-11-21</c>; the start of its current month
    /// if omitted.
    /// </param>
    /// <param name="to">
    /// The end, exclusive: a time or a day as in <c>from</c>, at most 3,660 days after it; now if omitted.
    /// </param>
    /// <param name="metric">The metric's name, such as <c>text_tokens</c>; all metrics if omitted.</param>
    /// <param name="groupBy">
    /// Groups separated by commas: <c>month</c>, <c>day</c>, <c>hour</c>, <c>project</c>, <c>key</c>, <c>seat</c>,
    /// <c>member</c>, <c>model</c>; none if omitted. Every sum is also by metric.
    /// </param>
    /// <param name="project">The project's id, such as <c>p0000000001a</c>; all usage if omitted.</param>
    /// <param name="key">The key's id, such as <c>k0000000001a</c>; all usage if omitted.</param>
    /// <param name="seat">The seat's id, such as <c>s0000000001a</c>; all usage if omitted.</param>
    /// <param name="member">
    /// The member's label in events, or the id of the member who holds the key if events had no label; all usage if
    /// omitted.
    /// </param>
    /// <param name="model">The model's name in events; all usage if omitted.</param>
    /// <param name="top">
    /// Only this many values of the first group that is no time, 1 to 100: those with the most usage over the whole
    /// span. The others are one row with <c>other</c>. Needs a <c>metric</c>, and one or two groups; all values if
    /// omitted.
    /// </param>
    /// <param name="compare">
    /// <c>previous</c> adds the usage of the span of the same length directly before, in JSON; none if omitted.
    /// </param>
    /// <param name="names">
    /// <c>true</c> adds columns with the names of projects, keys, seats and members to CSV; JSON always has them.
    /// </param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<Stream>> GetUsageCsvAsync(
        string tenantId,
        string? from = null,
        string? to = null,
        string? metric = null,
        string? groupBy = null,
        string? project = null,
        string? key = null,
        string? seat = null,
        string? member = null,
        string? model = null,
        int? top = null,
        string? compare = null,
        string? names = null,
        CancellationToken ct = default) =>
        StreamAsync(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/usage", tenantId)
                .With("from", from)
                .With("to", to)
                .With("metric", metric)
                .With("groupBy", groupBy)
                .With("project", project)
                .With("key", key)
                .With("seat", seat)
                .With("member", member)
                .With("model", model)
                .With("top", top)
                .With("compare", compare)
                .With("names", names)
                .Accepts("text/csv"),
            ct);

    /// <summary>
    /// Get settled usage by hour or day up to now, without gaps, with the total of the previous span.
    /// </summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="days">1 for the last 24 hours, 7 or 30 for that many days; 7 if omitted.</param>
    /// <param name="metric">The metric's name, such as <c>text_tokens</c>; <c>amount</c> if omitted.</param>
    /// <param name="project">The project's id, such as <c>p0000000001a</c>; all usage if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<GetUsageTrendResponse>> GetUsageTrendAsync(
        string tenantId,
        string? days = null,
        string? metric = null,
        string? project = null,
        CancellationToken ct = default) =>
        SendAsync<GetUsageTrendResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/usage/trend", tenantId)
                .With("days", days)
                .With("metric", metric)
                .With("project", project),
            ct);
}
