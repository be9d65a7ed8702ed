namespace Sluice.Api.Management.Audit;

/// <summary>The endpoints tagged "Audit".</summary>
internal sealed class AuditEndpoints() : ManagementGroup("Audit", Tenant);
