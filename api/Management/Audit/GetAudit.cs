using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Audit;

namespace Sluice.Api.Management.Audit;

/// <summary><c>GET /api/v1/tenants/{t}/audit</c></summary>
internal static class GetAudit
{
    private const int MaxText = 100;

    /// <param name="Actor">Only what this member did; <c>operator</c> for the operator.</param>
    /// <param name="Action">Only this, such as <c>key.deleted</c>, or all of a thing: <c>key</c>.</param>
    /// <param name="Target">Only what was done to the thing with this id.</param>
    /// <param name="From">First instant, RFC 3339.</param>
    /// <param name="To">First instant that is too late, RFC 3339.</param>
    internal readonly record struct Query(
        [FromQuery] string? Actor,
        [FromQuery] string? Action,
        [FromQuery] string? Target,
        [FromQuery] string? From,
        [FromQuery] string? To);

    /// <param name="Actor">The id of a member, or <c>operator</c>.</param>
    /// <param name="Before">What changed, as it was; null where it is new.</param>
    /// <param name="After">What changed, as it is now; null where it is gone.</param>
    /// <param name="Address">Where the request came from.</param>
    internal sealed record Entry(
        string Id,
        DateTimeOffset At,
        string Actor,
        string Action,
        string Target,
        JsonElement? Before,
        JsonElement? After,
        string? Address);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/tenants/{t}/audit", HandleAsync)
        .Needs(Permission.ReadAudit)
        .Describe("GetAudit", "Who did what to what, from where, before and after; newest first")
        .Lists<Entry>();

    private static async Task<Reply> HandleAsync(
        TenantId t,
        [AsParameters] Query query,
        [AsParameters] PageQuery paging,
        IAuditReader audit,
        CancellationToken ct)
    {
        if (paging.Read(IdText.AuditEntry).IsRefused(out var refusal, out var page))
            return Reply.Refused(refusal);
        var rules = new RuleCheck();
        var wanted = new AuditQuery(
            rules.Instant("from", query.From),
            rules.Instant("to", query.To),
            Filter(rules, "actor", query.Actor),
            Filter(rules, "action", query.Action),
            Filter(rules, "target", query.Target));
        if (rules.Refusal is { } broken)
            return Reply.Refused(broken);
        return Reply.Of(
            await audit.ListAsync(t.Value, wanted, page, ct),
            static found => Reply.Ok(ListOf<Entry>.Of(found, Show, static entry => IdOf(entry))));
    }

    private static string? Filter(RuleCheck rules, string field, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            rules.Given(field, value, MaxText);
        return string.IsNullOrEmpty(value) ? null : value;
    }

    private static Entry Show(AuditRecord entry) => new(
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
