using System.ComponentModel.DataAnnotations;
using Sluice.Storage.Control.Members;

namespace Sluice.Api.Management.Members;

/// <summary><c>GET /api/v1/tenants/{t}/members</c></summary>
internal sealed class ListMembers(MemberStore members) : ManagementEndpoint<ListMembersQuery>
{
    public override void Configure()
    {
        Get("/members");
        Group<MembersEndpoints>();
        Requires(Permission.ReadMembers);
        Describe("List a tenant's members; search with ?search= and sort with ?sort=");
        Returns<ListResponse<MemberResponse>>();
    }

    public override async Task<ApiResult> ExecuteAsync(ListMembersQuery query, CancellationToken ct)
    {
        var rules = new FieldErrors();
        var list = query.Read(rules);
        if (rules.Error is { } error)
            return ApiResult.Failure(error);
        return ApiResult.Of(await members.ListAsync(TenantId, list, ct), page => query.Show(page, list));
    }
}

/// <param name="Search">
/// Only members with this in their user name or email, ignoring case, or at the start of their id; 1 to 100 characters.
/// All if omitted.
/// </param>
/// <param name="Sort">
/// The order, with <c>-</c> in front for the reverse one: <c>name</c> is the user name; oldest first if omitted.
/// </param>
/// <param name="After">The <c>next</c> of the previous page; the first page if omitted.</param>
/// <param name="Limit">The most items of the page, 1 to 500; 50 if omitted.</param>
internal sealed record ListMembersQuery(
    string? Search = null,
    [AllowedValues("name", "-name", "createdAt", "-createdAt")] string? Sort = null,
    string? After = null,
    [Range(1, PageRequest.MaxLimit)] string? Limit = null)
    : ListQuery(Search, Sort, After, Limit)
{
    /// <param name="rules">Receives the broken rules.</param>
    public ListRequest Read(FieldErrors rules) => Read(IdText.Member, rules, ByName, ByCreatedAt);

    /// <summary>Returns a page as it is answered.</summary>
    public ApiResult Show(Page<Member> page, ListRequest list) => ApiResult.Ok(ListResponse<MemberResponse>.Of(
        page,
        MemberResponse.Of,
        member => NextOf(
            Ids.Member(member.Id), list.Order == ListOrder.Name ? member.UserName : TextOf(member.CreatedAt))));
}
