using System.ComponentModel.DataAnnotations;
using Sluice.Metering.Keys;
using Sluice.Storage.Control.Keys;

namespace Sluice.Api.Management.Keys;

/// <summary><c>GET /api/v1/tenants/{t}/keys</c></summary>
internal sealed class ListKeys(KeyStore keys) : ManagementEndpoint<ListTenantKeysQuery>
{
    public override void Configure()
    {
        Get("/keys");
        Group<KeysEndpoints>();
        Requires(Permission.ReadKeys);
        Describe("List the keys of a tenant that the caller may see, of every kind");
        Returns<ListResponse<KeyResponse>>();
    }

    public override async Task<ApiResult> ExecuteAsync(ListTenantKeysQuery query, CancellationToken ct)
    {
        var rules = new FieldErrors();
        var list = query.Read(rules);
        var filter = query.ReadFilter(rules) with { Visibility = Caller.ListedKeys() };
        if (rules.Error is { } error)
            return ApiResult.Failure(error);
        if (filter.ProjectId is { } project && !Caller.SeesAll && !Caller.Projects.ContainsKey(project))
            return ApiResult.NotFound("project");
        return ApiResult.Of(await keys.ListAsync(TenantId, filter, list, ct), page => query.Show(page, list));
    }
}

/// <param name="Kind">Only keys of this kind; all if omitted.</param>
/// <param name="Project">Only keys of the project with this id, such as <c>p0000000001a</c>; all if omitted.</param>
/// <param name="Search">
/// Only keys with this in their name, ignoring case, or at the start of their id; 1 to 100 characters. All if omitted.
/// </param>
/// <param name="Sort">
/// The order, with <c>-</c> in front for the reverse one; oldest first if omitted. Keys that were never used count as
/// used before all others, those without an expiry as expiring after all others.
/// </param>
/// <param name="After">The <c>next</c> of the previous page; the first page if omitted.</param>
/// <param name="Limit">The most items of the page, 1 to 500; 50 if omitted.</param>
internal sealed record ListTenantKeysQuery(
    [AllowedValues("project", "personal", "seat")] string? Kind = null,
    string? Project = null,
    string? Search = null,
    [AllowedValues(
        "name", "-name", "createdAt", "-createdAt", "lastUsedAt", "-lastUsedAt", "expiresAt", "-expiresAt")]
    string? Sort = null,
    string? After = null,
    [Range(1, PageRequest.MaxLimit)] string? Limit = null)
    : ListKeysQuery(Search, Sort, After, Limit)
{
    /// <param name="rules">Receives the broken rules.</param>
    public KeyFilter ReadFilter(FieldErrors rules)
    {
        KeyKind? kind = null;
        foreach (var value in Enum.GetValues<KeyKind>())
        {
            if (Words.Of(value) == Kind)
                kind = value;
        }

        if (!string.IsNullOrEmpty(Kind))
            rules.Check("kind", Kind, FieldRules.OneOf([.. Enum.GetValues<KeyKind>().Select(Words.Of)]));
        long? project = null;
        if (!string.IsNullOrEmpty(Project))
        {
            if (IdText.TryParse(IdText.Project, Project, out var id))
                project = id;
            else
                rules.Add("project", "id-form", "Must be the id of a project.");
        }

        return new(project, kind, null);
    }
}
