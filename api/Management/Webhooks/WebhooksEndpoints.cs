namespace Sluice.Api.Management.Webhooks;

/// <summary>The endpoints tagged "Webhooks".</summary>
internal sealed class WebhooksEndpoints() : ManagementGroup("Webhooks", Tenant);
