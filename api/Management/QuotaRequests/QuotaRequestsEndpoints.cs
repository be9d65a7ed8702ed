namespace Sluice.Api.Management.QuotaRequests;

/// <summary>The endpoints tagged "Quota requests".</summary>
internal sealed class QuotaRequestsEndpoints() : ManagementGroup("Quota requests");
