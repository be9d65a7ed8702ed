using System.Collections.Frozen;

namespace Sluice.Api.Access;

/// <summary>
/// Who may do what: the roles of the rule book, as data. The operator may do everything inside a tenant, because
/// someone must help when the owner is gone; only what belongs to a person is reserved to that person.
/// </summary>
internal static class PermissionTable
{
    private const PermissionScope None = PermissionScope.None;
    private const PermissionScope Own = PermissionScope.OwnProjects;
    private const PermissionScope All = PermissionScope.All;
    private const Pending Either = Pending.OneTimePassword | Pending.SecondFactor;

    /// <summary>Columns: operator, owner, administrator, project administrator, member.</summary>
    public static readonly FrozenDictionary<Permission, Grant> Rows = new Dictionary<Permission, Grant>
    {
        [Permission.ManageTenants] = new("tenants:manage", true, false, false, None, None),
        [Permission.ReadPlatform] = new("platform:read", true, false, false, None, None),
        [Permission.SetQuota] = new("quota:set", true, false, false, None, None),
        [Permission.SetAccountThresholds] = new("thresholds:set", true, false, false, None, None),
        [Permission.SetPrices] = new("prices:set", true, false, false, None, None),
        [Permission.SetPlans] = new("plans:set", true, false, false, None, None),

        [Permission.ReadTenant] = new("tenant:read", true, true, true, All, All),
        [Permission.ReadSettings] = new("settings:read", true, true, true, None, None),
        [Permission.ChangeSettings] = new("tenant:change", true, true, true, None, None),
        [Permission.ReadBilling] = new("billing:read", true, true, true, None, None),
        [Permission.RequestQuota] = new("quota:request", true, true, true, None, None),

        [Permission.ReadMembers] = new("members:read", true, true, true, Own, None),
        [Permission.ReadInvitations] = new("invitations:read", true, true, true, None, None),
        [Permission.ManageMembers] = new("members:manage", true, true, true, None, None),
        [Permission.ManageAdministrators] = new(
            "administrators:manage", true, true, true, None, None, CanBeReserved: true),
        [Permission.TransferOwnership] = new("ownership:transfer", true, true, false, None, None),

        [Permission.ReadProjects] = new("projects:read", true, true, true, Own, Own),
        [Permission.ManageProjects] = new("projects:manage", true, true, true, None, None),
        [Permission.RenameProjects] = new("projects:rename", true, true, true, Own, None),
        [Permission.ReadProjectMembers] = new("project-members:read", true, true, true, Own, Own),
        [Permission.ManageProjectMembers] = new("project-members:manage", true, true, true, Own, None),
        [Permission.ManageProjectKeys] = new("keys:manage", true, true, true, Own, None),
        [Permission.ReadKeys] = new("keys:read", true, true, true, Own, Own),

        [Permission.ManageSeats] = new("seats:manage", true, true, true, None, None),
        [Permission.RenewSeats] = new("seats:renew", true, true, true, None, None),

        [Permission.ReadLimits] = new("limits:read", true, true, true, Own, Own),
        [Permission.SetLimits] = new("limits:set", true, true, true, None, None),
        [Permission.SetKeyLimits] = new("key-limits:set", true, true, true, Own, Own),
        // They may boost the limits that they may set; which those are depends on the body.
        [Permission.Boost] = new("boosts:manage", true, true, true, Own, Own),
        [Permission.ReadAccountThresholds] = new("thresholds:read", true, true, true, None, None),

        [Permission.ReadUsage] = new("usage:read", true, true, true, Own, Own),
        [Permission.ReadUsageOfAll] = new("usage-of-all:read", true, true, true, None, None),
        [Permission.ReadAudit] = new("audit:read", true, true, true, None, None),
        [Permission.ManageNotifications] = new("notifications:manage", true, true, true, None, None),

        [Permission.OwnPersonalKey] = new("personal-key:manage", false, true, true, All, All),
        [Permission.OwnUsage] = new("own-usage:read", false, true, true, All, All),
        [Permission.OwnAccount] = new("account:read", false, true, true, All, All, Despite: Pending.SecondFactor),
        [Permission.OwnPassword] = new(
            "account:password", false, true, true, All, All, SignedInOnly: true, Either),
        [Permission.OwnSecondFactor] = new(
            "account:mfa", false, true, true, All, All, SignedInOnly: true, Pending.SecondFactor),
        [Permission.SignOut] = new("account:sign-out", false, true, true, All, All, SignedInOnly: true, Either),
        [Permission.ReadOwnTokens] = new("own-tokens:read", false, true, true, All, All),
        // A token that could create tokens could outlive any expiry.
        [Permission.ManageOwnTokens] = new("own-tokens:manage", false, true, true, All, All, SignedInOnly: true),
    }.ToFrozenDictionary();
}
