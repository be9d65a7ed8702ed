using Sluice.Storage.Control.Members;

namespace Sluice.Api.Management.Members;

/// <summary><c>GET /api/v1/tenants/{t}/members</c></summary>
internal sealed class ListMembers(MemberStore members) : ManagementEndpoint<PageQuery>
{
    public override void Configure()
    {
        Get("/members");
        Group<MembersEndpoints>();
        Requires(Permission.ReadMembers);
        Describe("List a tenant's members, oldest first");
        Returns<ListResponse<MemberResponse>>();
    }

    public override async Task<ApiResult> ExecuteAsync(PageQuery query, CancellationToken ct)
    {
        if (query.Read(IdText.Member).IsError(out var error, out var page))
            return ApiResult.Failure(error);
        return ApiResult.Of(
            await members.ListAsync(TenantId, page, ct),
            static found => ApiResult.Ok(ListResponse<MemberResponse>.Of(
                found, MemberResponse.Of, static member => Ids.Member(member.Id))));
    }
}
