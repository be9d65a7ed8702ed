namespace Sluice.Storage.Tenants;

/// <summary>What to change; null leaves a field as it is.</summary>
public sealed record TenantChange(string? Name, string? TimeZone, string? Language)
{
    public bool? RequireMfa { get; init; }

    /// <summary>Tells "no contact any more" from "as it is".</summary>
    public bool ChangesBillingContact { get; init; }

    public string? BillingContact { get; init; }
}
