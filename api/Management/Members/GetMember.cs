using Sluice.Storage.Control.Members;

namespace Sluice.Api.Management.Members;

/// <summary><c>GET /api/v1/tenants/{t}/members/{m}</c></summary>
internal sealed class GetMember(MemberStore members) : ManagementEndpoint
{
    public override void Configure()
    {
        Get("/members/{m}");
        Group<MembersEndpoints>();
        Requires(Permission.ReadMembers);
        Describe("Get a member");
        Tagged();
        Returns<MemberResponse>();
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct) =>
        await members.FindAsync(TenantId, MemberId, ct) is { } member
            ? ApiResult.Ok(MemberResponse.Of(member))
            : ApiResult.NotFound("member");
}
