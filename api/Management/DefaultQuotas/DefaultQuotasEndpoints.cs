namespace Sluice.Api.Management.DefaultQuotas;

/// <summary>The endpoints tagged "Quota requests", for all tenants.</summary>
internal sealed class DefaultQuotasEndpoints() : ManagementGroup("Quota requests");
