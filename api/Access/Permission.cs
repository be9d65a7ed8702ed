namespace Sluice.Api.Access;

/// <summary>All permissions of the management API; <see cref="PermissionTable"/> says who has them.</summary>
internal enum Permission
{
    ManageTenants,
    ReadPlatform,
    SetQuota,
    SetAccountThresholds,
    SetPrices,
    SetPlans,

    ReadTenant,
    ReadSettings,
    ChangeSettings,
    ReadBilling,
    RequestQuota,

    ReadMembers,
    ReadInvitations,
    ManageMembers,
    ManageAdministrators,
    TransferOwnership,

    ReadProjects,
    ManageProjects,
    RenameProjects,
    ReadProjectMembers,
    ManageProjectMembers,
    ManageProjectKeys,
    ReadKeys,

    ManageSeats,
    RenewSeats,

    ReadLimits,
    SetLimits,
    SetKeyLimits,
    Boost,
    ReadAccountThresholds,

    ReadUsage,
    ReadUsageOfAll,
    ReadAudit,
    ManageNotifications,

    OwnPersonalKey,
    OwnUsage,
    OwnAccount,
    OwnPassword,
    ReadOwnTokens,
    ManageOwnTokens,
    OwnSecondFactor,
    SignOut,
}
