using Sluice.Api.Access;
using Sluice.Metering.Keys;
using Sluice.Storage.Control;
using Sluice.Storage.Keys;
using Sluice.Storage.Members;

namespace Sluice.Api.Management.Keys;

/// <summary>Who manages a key that is named by itself, and who may not even know that there is one.</summary>
internal static class KeySight
{
    /// <summary>
    /// Null where the caller manages the key: a project key as administrator of its project, a personal key as its
    /// member, any key as owner or administrator of the tenant.
    /// </summary>
    public static Refusal? WhyNotManaged(this Caller caller, StoredKey? key)
    {
        if (key is null)
            return new Refusal.NotFound("key");
        if (caller.SeesAll)
            return null;
        return key.Kind switch
        {
            KeyKind.Personal when key.MemberId == caller.MemberId => null,
            KeyKind.Project when caller.Projects.TryGetValue(key.ProjectId!.Value, out var role) =>
                role == ProjectRole.ProjectAdministrator ? null : Lacks(Permission.ManageProjectKeys),
            KeyKind.Seat when key.MemberId == caller.MemberId => Lacks(Permission.ManageSeats),
            _ => new Refusal.NotFound("key"),
        };
    }

    private static Refusal.Forbidden Lacks(Permission permission) => new(AccessRules.MissingText(permission));
}
