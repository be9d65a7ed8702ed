namespace Sluice.Api.Management.Usage;

/// <summary>The endpoints tagged "Usage".</summary>
internal sealed class UsageEndpoints() : ManagementGroup("Usage");
