namespace Sluice.Storage.Control.Tenants;

/// <summary>Whether a tenant's keys admit anything. The numbers are stored.</summary>
public enum TenantState
{
    /// <summary>The tenant's keys work.</summary>
    Active = 0,

    /// <summary>The tenant's keys are refused until it is resumed; everything else stays.</summary>
    Suspended = 1,

    /// <summary>The tenant is no longer visible; its history is kept.</summary>
    Deleted = 2,
}
