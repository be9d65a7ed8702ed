using System.Text.Json;
using Sluice.Storage.Control.Audit;
using Sluice.Storage.Reports.AuditTrail;

namespace Sluice.Api.Management.Audit;

/// <summary><c>GET /api/v1/tenants/{t}/audit</c></summary>
internal sealed class GetAudit(AuditReader audit) : ManagementEndpoint<GetAuditQuery>
{
    private const int MaxText = 100;

    public override void Configure()
    {
        Get("/audit");
        Group<AuditEndpoints>();
        Requires(Permission.ReadAudit);
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
        return ApiResult.Of(
            await audit.ListAsync(TenantId, wanted, page, ct),
            static found => ApiResult.Ok(ListResponse<GetAuditEntry>.Of(found, Show, static entry => IdOf(entry))));
    }

    private static string? Filter(FieldErrors rules, string field, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            rules.Check(field, value, static text => FieldRules.Compared(text, MaxText));
        return string.IsNullOrEmpty(value) ? null : value;
    }

    private static GetAuditEntry Show(AuditRecord entry) => new(
        IdOf(entry),
        entry.At,
        entry.Actor,
        entry.Action,
        entry.Target,
        Json(entry.Before),
        Json(entry.After),
        entry.Address);

    private static string IdOf(AuditRecord entry) => IdText.Format(IdText.AuditEntry, entry.Id);

    private static JsonElement? Json(string? text) =>
        text is null ? null : JsonDocument.Parse(text).RootElement.Clone();
}

/// <param name="Actor">Only changes by this member; <c>operator</c> for the operator.</param>
/// <param name="Action">
/// Only this action, such as <c>key.deleted</c>, or all actions on a kind of thing: <c>key</c>.
/// </param>
/// <param name="Target">Only changes of the thing with this id.</param>
/// <param name="From">The first instant, RFC 3339.</param>
/// <param name="To">The end, exclusive, RFC 3339.</param>
internal sealed record GetAuditQuery(
    string? Actor, string? Action, string? Target, string? From, string? To, string? After, string? Limit)
    : PageQuery(After, Limit);

/// <param name="Actor">The id of a member, or <c>operator</c>.</param>
/// <param name="Before">The changed values before; null if the thing is new.</param>
/// <param name="After">The changed values after; null if the thing is gone.</param>
/// <param name="Address">The address that the request came from.</param>
internal sealed record GetAuditEntry(
    string Id,
    DateTimeOffset At,
    string Actor,
    string Action,
    string Target,
    JsonElement? Before,
    JsonElement? After,
    string? Address);
