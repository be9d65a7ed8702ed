using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Storage.Members;

namespace Sluice.Api.Management.Members;

/// <summary><c>GET /api/v1/tenants/{t}/members/{m}</c></summary>
internal static class GetMember
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/tenants/{t}/members/{m}", HandleAsync)
        .Needs(Permission.ReadMembers)
        .Describe("GetMember", "Shows a member")
        .Produces<MemberView>();

    private static async Task<Reply> HandleAsync(
        TenantId t, MemberId m, IMemberStore members, CancellationToken ct) =>
        await members.FindAsync(t.Value, m.Value, ct) is { } member
            ? Reply.Ok(MemberView.Of(member))
            : Reply.NotFound("member");
}
