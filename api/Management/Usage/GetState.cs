using System.ComponentModel.DataAnnotations;
using Sluice.Engine.LiveState;
using Sluice.Storage.Control.Tenants;

namespace Sluice.Api.Management.Usage;

/// <summary><c>GET /api/v1/tenants/{t}/state</c></summary>
internal sealed class GetState(TenantStore tenants, StateReader state) : ManagementEndpoint<GetStateQuery>
{
    public override void Configure()
    {
        Get("/tenants/{t}/state");
        Group<UsageEndpoints>();
        Requires(Permission.ReadUsage);
        Placed(PlaceLimiter.State);
        Describe("Get live usage, holds and states, as far as the caller may see them; of one scope with ?scopeId=");
        Returns<ListResponse<GetStateItem>>();
    }

    public override async Task<ApiResult> ExecuteAsync(GetStateQuery query, CancellationToken ct)
    {
        if (await tenants.FindAsync(TenantId, ct) is null)
            return ApiResult.NotFound("tenant");
        if (query.Read().IsError(out var error, out var filter))
            return ApiResult.Failure(error);
        return ApiResult.Ok(await state.ReadAsync(TenantId, Caller.Visibility, filter, ct));
    }
}

/// <param name="ScopeId">Only the scope with this id, such as <c>p0000000001a</c>; all if omitted.</param>
/// <param name="Limited"><c>true</c> for scopes with a limit or a warning of their own only; all if omitted.</param>
/// <param name="Tightest">
/// Only this many counters, 1 to 100: those with the largest part of their limit used or held, and these first; all if
/// omitted. In a tenant with more than 1,000 limited scopes they are chosen among the 1,000 with the largest part of a
/// limit used.
/// </param>
/// <param name="After">The <c>next</c> of the previous page; the first page if omitted.</param>
/// <param name="Limit">The most scopes of the page, 1 to 1,000; 1,000 if omitted.</param>
internal sealed record GetStateQuery(
    string? ScopeId = null,
    [AllowedValues("true", "false")] string? Limited = null,
    [Range(1, GetStateQuery.TightestMax)] string? Tightest = null,
    string? After = null,
    [Range(1, StateFilter.ScopesMax)] string? Limit = null)
{
    internal const int TightestMax = 100;

    private static readonly Dictionary<char, ScopeKind> Kinds = new()
    {
        [IdText.Tenant] = ScopeKind.Tenant,
        [IdText.Project] = ScopeKind.Project,
        [IdText.Seat] = ScopeKind.Seat,
        [IdText.Key] = ScopeKind.Key,
    };

    public Result<StateFilter> Read()
    {
        var rules = new FieldErrors();
        var scope = ScopeOf(ScopeId);
        if (scope is null && !string.IsNullOrEmpty(ScopeId))
            rules.Add("scopeId", "id-form", "Must be the id of a tenant, project, seat or key.");
        var after = ScopeOf(After);
        if (after is null && !string.IsNullOrEmpty(After))
            rules.Add("after", "id-form", "Must be the 'next' of the page before.");
        var max = rules.Count("limit", Limit, StateFilter.ScopesMax) ?? StateFilter.ScopesMax;

        if (!string.IsNullOrEmpty(Limited))
            rules.Check("limited", Limited, FieldRules.OneOf("true", "false"));
        var tightest = rules.Count("tightest", Tightest, TightestMax);
        if (rules.Error is { } error)
            return error;
        // The tightest are no part of a list that goes on, so all that may be asked for them are.
        return tightest is null
            ? new StateFilter(scope, Limited == "true", null, after, max)
            : new StateFilter(scope, Limited == "true", tightest);
    }

    private static ScopeId? ScopeOf(string? text) =>
        text is { Length: > 0 } && Kinds.TryGetValue(text[0], out var kind)
        && IdText.TryParse(text[0], text, out var id)
            ? new ScopeId(kind, id)
            : null;
}

/// <param name="Scope">The kind of scope.</param>
/// <param name="ScopeId">The id of the scope, such as <c>k0000000001a</c>.</param>
/// <param name="Name">The name of the scope; for a seat, its holder's user name or null.</param>
/// <param name="Metrics">The live counters of the scope, by metric and period.</param>
internal sealed record GetStateItem(
    ScopeKind Scope, string ScopeId, string? Name, IReadOnlyList<GetStateCounter> Metrics);

/// <param name="Metric">The metric's name, such as <c>text_tokens</c>.</param>
/// <param name="Period">The period, such as <c>2026-11</c>, <c>2026-11-21</c> or <c>total</c>.</param>
/// <param name="Used">What is used in the period, in the metric's units.</param>
/// <param name="Held">What reservations hold, in the metric's units.</param>
/// <param name="Limit">The lowest blocked value in force, in the metric's units; null if nothing blocks.</param>
/// <param name="Warnings">The values of the warnings in force, in ascending order.</param>
/// <param name="State"><c>ok</c>, <c>warning</c> or <c>blocked</c>.</param>
internal sealed record GetStateCounter(
    string Metric,
    string Period,
    JsonDecimal Used,
    JsonDecimal Held,
    JsonDecimal? Limit,
    IReadOnlyList<JsonDecimal> Warnings,
    string State);
