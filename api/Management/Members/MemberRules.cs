using Sluice.Storage.Control.Members;

namespace Sluice.Api.Management.Members;

/// <summary>Rules that depend on the member a request is about, besides its sender.</summary>
internal static class MemberRules
{
    public const string Administrator = "administrator";

    /// <summary>
    /// Checks the role of a new or changed member. It can't be the owner's: there is one owner, who transfers the
    /// ownership.
    /// </summary>
    public static readonly Func<string?, Violation?> Role = FieldRules.OneOf(Administrator, "member");

    /// <summary>Returns the role that a valid text names.</summary>
    public static TenantRole RoleOf(string? text) =>
        text == Administrator ? TenantRole.Administrator : TenantRole.Member;

    /// <summary>
    /// Returns why the caller may not give someone the role, or act on someone who has it; null if they may. Only the
    /// owner and the operator may act on the owner.
    /// </summary>
    public static Error? ForGiving(Caller caller, TenantRole role)
    {
        Permission? needed = role switch
        {
            TenantRole.Owner => Permission.TransferOwnership,
            TenantRole.Administrator => Permission.ManageAdministrators,
            _ => null,
        };
        return needed is not { } permission || caller.Has(permission)
            ? null
            : new Error.Forbidden(AccessRules.MissingText(permission));
    }

    /// <summary>
    /// Returns why the caller may not demote or remove the member; null if they may. No one may do so to the owner; a
    /// caller who lacks the permission is refused for that first.
    /// </summary>
    public static Error? ForTaking(Caller caller, Member member)
    {
        if (ForGiving(caller, member.Role) is { } error)
            return error;
        return member.Role == TenantRole.Owner
            ? new Error.Conflict(
                "The owner can't be removed or demoted; the ownership must be transferred first.",
                Ids.Member(member.Id))
            : null;
    }
}
