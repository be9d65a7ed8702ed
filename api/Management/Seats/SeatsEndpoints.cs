namespace Sluice.Api.Management.Seats;

/// <summary>The endpoints tagged "Seats".</summary>
internal sealed class SeatsEndpoints() : ManagementGroup("Seats", Tenant);
