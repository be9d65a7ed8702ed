namespace Sluice.Storage.Tenants;

/// <summary>Whether a tenant's keys admit anything. The numbers are stored.</summary>
public enum TenantState
{
    /// <summary>Its keys work.</summary>
    Active = 0,

    /// <summary>Its keys are refused until it is resumed; everything else stays.</summary>
    Suspended = 1,

    /// <summary>Gone for everyone; its history stays.</summary>
    Deleted = 2,
}
