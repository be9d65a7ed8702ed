namespace Sluice.Api.Management.Limits;

/// <summary>The endpoints tagged "Limits".</summary>
internal sealed class LimitsEndpoints() : ManagementGroup("Limits", Tenant);
