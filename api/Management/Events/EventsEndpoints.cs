namespace Sluice.Api.Management.Events;

/// <summary>The endpoints tagged "Events".</summary>
internal sealed class EventsEndpoints() : ManagementGroup("Events", Tenant);
