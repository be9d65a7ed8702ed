using System.ComponentModel.DataAnnotations;
using Sluice.Api.Management.Usage;
using Sluice.Storage.Control;
using Sluice.Storage.Control.Tenants;
using Sluice.Storage.Ledger.Entries;
using Sluice.Storage.Reports.Events;

namespace Sluice.Api.Management.Events;

/// <param name="From">
/// The earliest admission: a time, or a day of the tenant's time zone such as <c>2026-11-21</c>; the start of its
/// current month if omitted.
/// </param>
/// <param name="To">The latest admission, exclusive: a time or a day as in <c>from</c>; now if omitted.</param>
/// <param name="Key">The key's id, such as <c>k0000000001a</c>; events of all keys if omitted.</param>
/// <param name="Project">The project's id, such as <c>p0000000001a</c>; all events if omitted.</param>
/// <param name="Seat">The seat's id, such as <c>s0000000001a</c>; all events if omitted.</param>
/// <param name="Member">The member's label in events; all events if omitted.</param>
/// <param name="Model">The model's name in events; all events if omitted.</param>
/// <param name="Metric">A metric that the events have, such as <c>text_tokens</c>; all events if omitted.</param>
/// <param name="Kind">
/// <c>consume</c>, <c>record</c>, <c>reserve</c>, <c>commit</c>, <c>release</c>, <c>prolong</c> or <c>expire</c>; all
/// events if omitted.
/// </param>
/// <param name="After">The <c>next</c> of the previous page; the first page if omitted.</param>
/// <param name="Limit">The most items of the page, 1 to 500; 50 if omitted.</param>
internal sealed record GetEventsQuery(
    string? From = null,
    string? To = null,
    string? Key = null,
    string? Project = null,
    string? Seat = null,
    string? Member = null,
    string? Model = null,
    string? Metric = null,
    string? Kind = null,
    string? After = null,
    [Range(1, PageRequest.MaxLimit)] string? Limit = null)
{
    /// <summary>What is asked for.</summary>
    internal sealed record Wanted(EventQuery Query, EventPosition? After, int Limit);

    /// <summary>Reads the parameters.</summary>
    internal Result<Wanted> Read(Tenant tenant, MetricCatalogue catalogue, DateTimeOffset now)
    {
        var rules = new FieldErrors();
        var span = new UsageQueryReader(From, To, Metric, null, Project, Key, Seat, Member, Model);
        if (EventFilter.Read(rules, span, Kind, After, tenant, catalogue, now).IsError(out var error, out var filter))
            return error;
        var limit = rules.Count("limit", Limit, PageRequest.MaxLimit) ?? PageRequest.DefaultLimit;
        return rules.Error is { } broken ? broken : new Wanted(filter.Query, filter.After, limit);
    }
}
