using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Members;

namespace Sluice.Api.Management.Members;

/// <summary><c>GET /api/v1/tenants/{t}/members</c></summary>
internal static class ListMembers
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/tenants/{t}/members", HandleAsync)
        .Needs(Permission.ReadMembers)
        .Describe("ListMembers", "Lists a tenant's members, oldest first")
        .Lists<MemberView>();

    private static async Task<Reply> HandleAsync(
        TenantId t, [AsParameters] PageQuery query, IMemberStore members, CancellationToken ct)
    {
        if (query.Read(IdText.Member).IsRefused(out var refusal, out var page))
            return Reply.Refused(refusal);
        return Reply.Of(
            await members.ListAsync(t.Value, page, ct),
            static found => Reply.Ok(ListOf<MemberView>.Of(
                found, MemberView.Of, static member => Ids.Member(member.Id))));
    }
}
