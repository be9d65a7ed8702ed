// Written from the OpenAPI document by a test of the API, which says how.
using Sluice.Client.Models;

namespace Sluice.Client;

public sealed partial class SluiceClient
{
    /// <summary>Export single events of the ledger, newest first, as a stream of CSV, NDJSON or Parquet.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="from">
    /// The earliest admission: a time, or a day of the tenant's time zone such as <c>2026-11-21</c>; the start of its
    /// current month if omitted.
    /// </param>
    /// <param name="to">The latest admission, exclusive: a time or a day as in <c>from</c>; now if omitted.</param>
    /// <param name="key">The key's id, such as <c>k0000000001a</c>; events of all keys if omitted.</param>
    /// <param name="project">The project's id, such as <c>p0000000001a</c>; all events if omitted.</param>
    /// <param name="seat">The seat's id, such as <c>s0000000001a</c>; all events if omitted.</param>
    /// <param name="member">The member's label in events; all events if omitted.</param>
    /// <param name="model">The model's name in events; all events if omitted.</param>
    /// <param name="metric">A metric that the events have, such as <c>text_tokens</c>; all events if omitted.</param>
    /// <param name="kind">
    /// <c>consume</c>, <c>record</c>, <c>reserve</c>, <c>commit</c>, <c>release</c>, <c>prolong</c> or <c>expire</c>;
    /// all events if omitted.
    /// </param>
    /// <param name="after">
    /// The <c>id</c> of the last event of an export that broke off: this one goes on behind it. From the newest event
    /// if omitted.
    /// </param>
    /// <param name="format">
    /// <c>csv</c>, <c>ndjson</c> or <c>parquet</c>; what <c>Accept</c> prefers if omitted, and CSV if that says
    /// nothing.
    /// </param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<Stream>> ExportEventsCsvAsync(
        string tenantId,
        string? from = null,
        string? to = null,
        string? key = null,
        string? project = null,
        string? seat = null,
        string? member = null,
        string? model = null,
        string? metric = null,
        string? kind = null,
        string? after = null,
        string? format = null,
        CancellationToken ct = default) =>
        StreamAsync(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/events/export", tenantId)
                .With("from", from)
                .With("to", to)
                .With("key", key)
                .With("project", project)
                .With("seat", seat)
                .With("member", member)
                .With("model", model)
                .With("metric", metric)
                .With("kind", kind)
                .With("after", after)
                .With("format", format)
                .Accepts("text/csv"),
            ct);

    /// <summary>Export single events of the ledger, newest first, as a stream of CSV, NDJSON or Parquet.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="from">
    /// The earliest admission: a time, or a day of the tenant's time zone such as <c>2026-11-21</c>; the start of its
    /// current month if omitted.
    /// </param>
    /// <param name="to">The latest admission, exclusive: a time or a day as in <c>from</c>; now if omitted.</param>
    /// <param name="key">The key's id, such as <c>k0000000001a</c>; events of all keys if omitted.</param>
    /// <param name="project">The project's id, such as <c>p0000000001a</c>; all events if omitted.</param>
    /// <param name="seat">The seat's id, such as <c>s0000000001a</c>; all events if omitted.</param>
    /// <param name="member">The member's label in events; all events if omitted.</param>
    /// <param name="model">The model's name in events; all events if omitted.</param>
    /// <param name="metric">A metric that the events have, such as <c>text_tokens</c>; all events if omitted.</param>
    /// <param name="kind">
    /// <c>consume</c>, <c>record</c>, <c>reserve</c>, <c>commit</c>, <c>release</c>, <c>prolong</c> or <c>expire</c>;
    /// all events if omitted.
    /// </param>
    /// <param name="after">
    /// The <c>id</c> of the last event of an export that broke off: this one goes on behind it. From the newest event
    /// if omitted.
    /// </param>
    /// <param name="format">
    /// <c>csv</c>, <c>ndjson</c> or <c>parquet</c>; what <c>Accept</c> prefers if omitted, and CSV if that says
    /// nothing.
    /// </param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<Stream>> ExportEventsNdjsonAsync(
        string tenantId,
        string? from = null,
        string? to = null,
        string? key = null,
        string? project = null,
        string? seat = null,
        string? member = null,
        string? model = null,
        string? metric = null,
        string? kind = null,
        string? after = null,
        string? format = null,
        CancellationToken ct = default) =>
        StreamAsync(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/events/export", tenantId)
                .With("from", from)
                .With("to", to)
                .With("key", key)
                .With("project", project)
                .With("seat", seat)
                .With("member", member)
                .With("model", model)
                .With("metric", metric)
                .With("kind", kind)
                .With("after", after)
                .With("format", format)
                .Accepts("application/x-ndjson"),
            ct);

    /// <summary>Export single events of the ledger, newest first, as a stream of CSV, NDJSON or Parquet.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="from">
    /// The earliest admission: a time, or a day of the tenant's time zone such as <c>2026-11-21</c>; the start of its
    /// current month if omitted.
    /// </param>
    /// <param name="to">The latest admission, exclusive: a time or a day as in <c>from</c>; now if omitted.</param>
    /// <param name="key">The key's id, such as <c>k0000000001a</c>; events of all keys if omitted.</param>
    /// <param name="project">The project's id, such as <c>p0000000001a</c>; all events if omitted.</param>
    /// <param name="seat">The seat's id, such as <c>s0000000001a</c>; all events if omitted.</param>
    /// <param name="member">The member's label in events; all events if omitted.</param>
    /// <param name="model">The model's name in events; all events if omitted.</param>
    /// <param name="metric">A metric that the events have, such as <c>text_tokens</c>; all events if omitted.</param>
    /// <param name="kind">
    /// <c>consume</c>, <c>record</c>, <c>reserve</c>, <c>commit</c>, <c>release</c>, <c>prolong</c> or <c>expire</c>;
    /// all events if omitted.
    /// </param>
    /// <param name="after">
    /// The <c>id</c> of the last event of an export that broke off: this one goes on behind it. From the newest event
    /// if omitted.
    /// </param>
    /// <param name="format">
    /// <c>csv</c>, <c>ndjson</c> or <c>parquet</c>; what <c>Accept</c> prefers if omitted, and CSV if that says
    /// nothing.
    /// </param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<Stream>> ExportEventsParquetAsync(
        string tenantId,
        string? from = null,
        string? to = null,
        string? key = null,
        string? project = null,
        string? seat = null,
        string? member = null,
        string? model = null,
        string? metric = null,
        string? kind = null,
        string? after = null,
        string? format = null,
        CancellationToken ct = default) =>
        StreamAsync(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/events/export", tenantId)
                .With("from", from)
                .With("to", to)
                .With("key", key)
                .With("project", project)
                .With("seat", seat)
                .With("member", member)
                .With("model", model)
                .With("metric", metric)
                .With("kind", kind)
                .With("after", after)
                .With("format", format)
                .Accepts("application/vnd.apache.parquet"),
            ct);

    /// <summary>List single events of the ledger, newest first; JSON or CSV by Accept.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="from">
    /// The earliest admission: a time, or a day of the tenant's time zone such as <c>2026-11-21</c>; the start of its
    /// current month if omitted.
    /// </param>
    /// <param name="to">The latest admission, exclusive: a time or a day as in <c>from</c>; now if omitted.</param>
    /// <param name="key">The key's id, such as <c>k0000000001a</c>; events of all keys if omitted.</param>
    /// <param name="project">The project's id, such as <c>p0000000001a</c>; all events if omitted.</param>
    /// <param name="seat">The seat's id, such as <c>s0000000001a</c>; all events if omitted.</param>
    /// <param name="member">The member's label in events; all events if omitted.</param>
    /// <param name="model">The model's name in events; all events if omitted.</param>
    /// <param name="metric">A metric that the events have, such as <c>text_tokens</c>; all events if omitted.</param>
    /// <param name="kind">
    /// <c>consume</c>, <c>record</c>, <c>reserve</c>, <c>commit</c>, <c>release</c>, <c>prolong</c> or <c>expire</c>;
    /// all events if omitted.
    /// </param>
    /// <param name="after">The <c>next</c> of the previous page; the first page if omitted.</param>
    /// <param name="limit">The most items of the page, 1 to 500; 50 if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<GetEventsResponse>> GetEventsAsync(
        string tenantId,
        string? from = null,
        string? to = null,
        string? key = null,
        string? project = null,
        string? seat = null,
        string? member = null,
        string? model = null,
        string? metric = null,
        string? kind = null,
        string? after = null,
        int? limit = null,
        CancellationToken ct = default) =>
        SendAsync<GetEventsResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/events", tenantId)
                .With("from", from)
                .With("to", to)
                .With("key", key)
                .With("project", project)
                .With("seat", seat)
                .With("member", member)
                .With("model", model)
                .With("metric", metric)
                .With("kind", kind)
                .With("after", after)
                .With("limit", limit),
            ct);

    /// <summary>List single events of the ledger, newest first; JSON or CSV by Accept.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="from">
    /// The earliest admission: a time, or a day of the tenant's time zone such as <c>2026-11-21</c>; the start of its
    /// current month if omitted.
    /// </param>
    /// <param name="to">The latest admission, exclusive: a time or a day as in <c>from</c>; now if omitted.</param>
    /// <param name="key">The key's id, such as <c>k0000000001a</c>; events of all keys if omitted.</param>
    /// <param name="project">The project's id, such as <c>p0000000001a</c>; all events if omitted.</param>
    /// <param name="seat">The seat's id, such as <c>s0000000001a</c>; all events if omitted.</param>
    /// <param name="member">The member's label in events; all events if omitted.</param>
    /// <param name="model">The model's name in events; all events if omitted.</param>
    /// <param name="metric">A metric that the events have, such as <c>text_tokens</c>; all events if omitted.</param>
    /// <param name="kind">
    /// <c>consume</c>, <c>record</c>, <c>reserve</c>, <c>commit</c>, <c>release</c>, <c>prolong</c> or <c>expire</c>;
    /// all events if omitted.
    /// </param>
    /// <param name="after">The <c>next</c> of the previous page; the first page if omitted.</param>
    /// <param name="limit">The most items of the page, 1 to 500; 50 if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<Stream>> GetEventsCsvAsync(
        string tenantId,
        string? from = null,
        string? to = null,
        string? key = null,
        string? project = null,
        string? seat = null,
        string? member = null,
        string? model = null,
        string? metric = null,
        string? kind = null,
        string? after = null,
        int? limit = null,
        CancellationToken ct = default) =>
        StreamAsync(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/events", tenantId)
                .With("from", from)
                .With("to", to)
                .With("key", key)
                .With("project", project)
                .With("seat", seat)
                .With("member", member)
                .With("model", model)
                .With("metric", metric)
                .With("kind", kind)
                .With("after", after)
                .With("limit", limit)
                .Accepts("text/csv"),
            ct);
}
