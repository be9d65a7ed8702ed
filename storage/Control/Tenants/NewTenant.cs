namespace Sluice.Storage.Control.Tenants;

/// <summary>A tenant to create, with its owner and its default project. All ids are new.</summary>
public sealed record NewTenant(
    long Id,
    string Name,
    string BillingAccountId,
    string TimeZone,
    string Language,
    string Currency,
    long DefaultProjectId,
    NewOwner Owner);
