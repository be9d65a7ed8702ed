namespace Sluice.Api.Management.Jobs;

/// <summary>The endpoints tagged "Jobs".</summary>
internal sealed class JobsEndpoints() : ManagementGroup("Jobs");
