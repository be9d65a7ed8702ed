using Sluice.Metering.Keys;
using Sluice.Storage.Control.Keys;
using Sluice.Storage.Control.Members;

namespace Sluice.Api.Management.Keys;

/// <summary>
/// Decides who manages a key that is addressed by its own id, and who may not even know that it exists.
/// </summary>
internal static class KeyVisibility
{
    /// <summary>
    /// Returns why the caller does not manage the key; null if they do: a project key as administrator of its project,
    /// a personal key as its member, any key as owner or administrator of the tenant.
    /// </summary>
    /// <param name="caller">The caller who asks.</param>
    /// <param name="key">The key; null if there is none with that id.</param>
    /// <param name="permission">
    /// The permission that a refusal names to callers who see the key but do not manage it.
    /// </param>
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

    /// <summary>
    /// Returns the part of the tenant whose keys the caller may list: the projects that they administer, and what is
    /// their own; null for all of it.
    /// </summary>
    public static Visibility? ListedKeys(this Caller caller) => caller.SeesAll
        ? null
        : new(
            caller.MemberId,
            [
                .. caller.Projects.Where(static project => project.Value == ProjectRole.ProjectAdministrator)
                    .Select(static project => project.Key),
            ]);
}
