namespace Sluice.Api.Management.Tenants;

/// <summary>The endpoints tagged "Tenants".</summary>
internal sealed class TenantsEndpoints() : ManagementGroup("Tenants");
