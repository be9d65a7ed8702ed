using System.ComponentModel.DataAnnotations;
using Sluice.Api.Management.Events;
using Sluice.Api.Management.Usage;
using Sluice.Storage.Control.Tenants;

namespace Sluice.Api.Management.Exports;

/// <summary>The query parameters of an export of events.</summary>
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
/// <param name="After">
/// The <c>id</c> of the last event of an export that broke off: this one goes on behind it. From the newest event if
/// omitted.
/// </param>
/// <param name="Format">
/// <c>csv</c>, <c>ndjson</c> or <c>parquet</c>; what <c>Accept</c> prefers if omitted, and CSV if that says nothing.
/// </param>
internal sealed record ExportEventsQuery(
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
    [AllowedValues("csv", "ndjson", "parquet")] string? Format = null)
{
    /// <summary>Reads the parameters.</summary>
    internal Result<(EventFilter Filter, ExportFormat? Format)> Read(
        Tenant tenant, MetricCatalogue catalogue, DateTimeOffset now)
    {
        var rules = new FieldErrors();
        var span = new UsageQueryReader(From, To, Metric, null, Project, Key, Seat, Member, Model);
        if (EventFilter.Read(rules, span, Kind, After, tenant, catalogue, now).IsError(out var error, out var filter))
            return error;
        ExportFormat? format = null;
        if (!string.IsNullOrEmpty(Format))
        {
            rules.Check("format", Format, FieldRules.OneOf("csv", "ndjson", "parquet"));
            format = Enum.TryParse<ExportFormat>(Format, ignoreCase: true, out var named) ? named : null;
        }

        return rules.Error is { } broken ? broken : (filter, format);
    }
}
