using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Sluice.Storage.Control.Audit;
using Sluice.Storage.Control.Names;
using Sluice.Storage.Reports.AuditTrail;

namespace Sluice.Api.Management.Audit;

/// <summary><c>GET /api/v1/tenants/{t}/audit</c></summary>
internal sealed class GetAudit(AuditReader audit, NameStore names) : ManagementEndpoint<GetAuditQuery>
{
    private const int MaxText = 100;

    public override void Configure()
    {
        Get("/audit");
        Group<AuditEndpoints>();
        Requires(Permission.ReadAudit);
        Report();
        Describe("List audit entries, newest first: who changed what, from where, before and after");
        Returns<ListResponse<GetAuditEntry>>();
    }

    public override async Task<ApiResult> ExecuteAsync(GetAuditQuery query, CancellationToken ct)
    {
        if (query.Read(IdText.AuditEntry).IsError(out var error, out var page))
            return ApiResult.Failure(error);
        var rules = new FieldErrors();
        var wanted = new AuditQuery(
            rules.Instant("from", query.From),
            rules.Instant("to", query.To),
            Filter(rules, "actor", query.Actor),
            Filter(rules, "action", query.Action),
            Filter(rules, "target", query.Target));
        if (rules.Error is { } broken)
            return ApiResult.Failure(broken);
        if ((await audit.ListAsync(TenantId, wanted, page, ct)).IsError(out error, out var found))
            return ApiResult.Failure(error);
        var book = await names.ReadAsync(
            TenantId, found.Items.SelectMany(static entry => new[] { entry.Actor, entry.Target }), ct);
        return ApiResult.Ok(ListResponse<GetAuditEntry>.Of(found, entry => Show(entry, book), IdOf));
    }

    private static string? Filter(FieldErrors rules, string field, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            rules.Check(field, value, static text => FieldRules.Compared(text, MaxText));
        return string.IsNullOrEmpty(value) ? null : value;
    }

    private static GetAuditEntry Show(AuditRecord entry, NameBook names) => new(
        IdOf(entry),
        entry.At,
        entry.Actor,
        names[entry.Actor],
        entry.Action,
        entry.Target,
        names[entry.Target],
        Json(entry.Before),
        Json(entry.After),
        entry.Address);

    private static string IdOf(AuditRecord entry) => IdText.Format(IdText.AuditEntry, entry.Id);

    private static JsonElement? Json(string? text) =>
        text is null ? null : JsonDocument.Parse(text).RootElement.Clone();
}

/// <param name="Actor">
/// Only changes by <c>operator</c>, <c>system</c> or the member with this id; by all if omitted.
/// </param>
/// <param name="Action">
/// Only this action, such as <c>key.deleted</c>, or all actions on a kind of thing, such as <c>key</c>; all if omitted.
/// </param>
/// <param name="Target">Only changes of the thing with this id; of all if omitted.</param>
/// <param name="From">The start, a time; the first entry if omitted.</param>
/// <param name="To">The end, exclusive, a time; the last entry if omitted.</param>
/// <param name="After">The <c>next</c> of the previous page; the first page if omitted.</param>
/// <param name="Limit">The most items of the page, 1 to 500; 50 if omitted.</param>
internal sealed record GetAuditQuery(
    string? Actor = null,
    string? Action = null,
    string? Target = null,
    string? From = null,
    string? To = null,
    string? After = null,
    [Range(1, PageRequest.MaxLimit)] string? Limit = null)
    : PageQuery(After, Limit);

/// <param name="Id">The entry's id, such as <c>e0000000001a</c>.</param>
/// <param name="At">When it was done, in UTC.</param>
/// <param name="Actor">Who did it: <c>operator</c>, <c>system</c> or a member's id.</param>
/// <param name="ActorName">The member's user name; null for <c>operator</c> and <c>system</c>.</param>
/// <param name="Action">What was done, such as <c>key.deleted</c>.</param>
/// <param name="Target">The id of the thing that was changed.</param>
/// <param name="TargetName">
/// The last name of that thing, also if it was deleted: for a seat, its holder's user name; null if it has none.
/// </param>
/// <param name="Before">The changed values before; null if the thing is new.</param>
/// <param name="After">The changed values after; null if the thing is gone.</param>
/// <param name="Address">The IP address that the request came from; null if it is not known.</param>
internal sealed record GetAuditEntry(
    string Id,
    DateTimeOffset At,
    string Actor,
    string? ActorName,
    string Action,
    string Target,
    string? TargetName,
    JsonElement? Before,
    JsonElement? After,
    string? Address);
