using Sluice.Api.Access;
using Sluice.Metering.Keys;
using Sluice.Storage.Control;
using Sluice.Storage.Keys;
using Sluice.Storage.Members;

namespace Sluice.Api.Management.Keys;

/// <summary>Who manages a key that is named by itself, and who may not even know that there is one.</summary>
internal static class KeyVisibility
{
    /// <summary>
    /// Null where the caller manages the key: a project key as administrator of its project, a personal key as its
    /// member, any key as owner or administrator of the tenant.
    /// </summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="key">The key, where there is one of that id.</param>
    /// <param name="permission">What for; named to those who see the key and don't manage it.</param>
    public static Error? WhyNotManaged(this Caller caller, StoredKey? key, Permission permission)
    {
        if (key is null)
            return new Error.NotFound("key");
        if (caller.SeesAll)
            return null;
        var (sees, manages) = key.Kind switch
        {
            KeyKind.Project when caller.Projects.TryGetValue(key.ProjectId!.Value, out var role) =>
                (true, role == ProjectRole.ProjectAdministrator),
            KeyKind.Personal when key.MemberId == caller.MemberId => (true, true),
            KeyKind.Seat when key.MemberId == caller.MemberId => (true, false),
            _ => (false, false),
        };
        if (manages)
            return null;
        return sees
            ? new Error.Forbidden(AccessRules.MissingText(permission))
            : new Error.NotFound("key");
    }
}
