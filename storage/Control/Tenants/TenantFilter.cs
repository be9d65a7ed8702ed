namespace Sluice.Storage.Control.Tenants;

/// <summary>What a list of tenants is narrowed to.</summary>
/// <param name="Name">A part of the name, ignoring case; null for any.</param>
/// <param name="BillingAccountId">The whole id of the billing account; null for any.</param>
public sealed record TenantFilter(string? Name, string? BillingAccountId);
