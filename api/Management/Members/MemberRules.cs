using Sluice.Api.Access;
using Sluice.Api.Validation;
using Sluice.Api.Wire;
using Sluice.Storage.Control;
using Sluice.Storage.Members;

namespace Sluice.Api.Management.Members;

/// <summary>What depends on whom a request is about, beside who sends it.</summary>
internal static class MemberRules
{
    private const string Administrator = "administrator";

    /// <summary>
    /// Checks a role that is given. The owner's can't be: there is one owner, who hands the tenant over.
    /// </summary>
    public static readonly Func<string?, Violation?> Role = FieldRules.OneOf(Administrator, "member");

    /// <summary>Returns the role that a valid text names.</summary>
    public static TenantRole RoleOf(string? text) =>
        text == Administrator ? TenantRole.Administrator : TenantRole.Member;

    /// <summary>Null where the caller may hand out the role.</summary>
    public static Error? ForGiving(Caller caller, TenantRole role) =>
        role == TenantRole.Member || caller.Has(Permission.ManageAdministrators)
            ? null
            : new Error.Forbidden(AccessRules.MissingText(Permission.ManageAdministrators));

    /// <summary>
    /// Null where the caller may demote or remove the member. Nobody may do so to the owner; who lacks the right hears
    /// of that first.
    /// </summary>
    public static Error? ForTaking(Caller caller, Member member)
    {
        if (ForGiving(caller, member.Role) is { } error)
            return error;
        return member.Role == TenantRole.Owner
            ? new Error.Conflict(
                "The owner can't be removed or demoted; the ownership has to be transferred first.",
                Ids.Member(member.Id))
            : null;
    }
}
