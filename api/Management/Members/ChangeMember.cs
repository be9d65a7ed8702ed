using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Storage.Control;
using Sluice.Storage.Members;

namespace Sluice.Api.Management.Members;

/// <summary><c>PATCH /api/v1/tenants/{t}/members/{m}</c></summary>
internal static class ChangeMember
{
    internal sealed record Request(string? Role);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPatch("/api/v1/tenants/{t}/members/{m}", HandleAsync)
        .Needs(Permission.ManageMembers)
        .AsAction()
        .Describe("ChangeMember", "Gives a member another role in the tenant; not the owner, who transfers ownership")
        .Produces<MemberView>();

    private static async Task<Reply> HandleAsync(
        TenantId t,
        MemberId m,
        Caller caller,
        Request request,
        ControlTransaction tx,
        IMemberStore members,
        CancellationToken ct)
    {
        var rules = new RuleCheck();
        var role = rules.Role("role", request.Role);
        if (rules.Refusal is { } broken)
            return Reply.Refused(broken);
        if (await members.LockAsync(tx, t.Value, m.Value, ct) is not { RemovedAt: null } member)
            return Reply.NotFound("member");
        if ((MemberRules.ForTaking(caller, member) ?? MemberRules.ForGiving(caller, role)) is { } refusal)
            return Reply.Refused(refusal);
        return Reply.Ok(MemberView.Of(await members.SetRoleAsync(tx, member, role, ct)));
    }
}
