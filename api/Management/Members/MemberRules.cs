using Sluice.Api.Access;
using Sluice.Api.Wire;
using Sluice.Storage.Control;
using Sluice.Storage.Members;

namespace Sluice.Api.Management.Members;

/// <summary>What depends on whom a request is about, beside who sends it.</summary>
internal static class MemberRules
{
    /// <summary>The owner's role can't be given: there is one owner, who hands the tenant over.</summary>
    public static readonly string[] Roles = ["administrator", "member"];

    public static TenantRole Role(this RuleCheck rules, string field, string? value) =>
        rules.OneOf(field, value, Roles) == Roles[0] ? TenantRole.Administrator : TenantRole.Member;

    /// <summary>Null where the caller may hand out the role.</summary>
    public static Refusal? ForGiving(Caller caller, TenantRole role) =>
        role == TenantRole.Member || caller.Has(Permission.ManageAdministrators)
            ? null
            : new Refusal.Forbidden(AccessRules.MissingText(Permission.ManageAdministrators));

    /// <summary>
    /// Null where the caller may demote or remove the member. Nobody may do so to the owner; who lacks the right hears
    /// of that first.
    /// </summary>
    public static Refusal? ForTaking(Caller caller, Member member)
    {
        if (ForGiving(caller, member.Role) is { } refusal)
            return refusal;
        return member.Role == TenantRole.Owner
            ? new Refusal.Conflict(
                "The owner can't be removed or demoted; the ownership has to be transferred first.",
                Ids.Member(member.Id))
            : null;
    }
}
