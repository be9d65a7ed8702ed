namespace Sluice.Storage.Tenants;

/// <summary>What to change; null leaves a field as it is.</summary>
public sealed record TenantChange(string? Name, string? TimeZone, string? Language);
