namespace Sluice.Api.Management.Projects;

/// <summary>The endpoints tagged "Projects".</summary>
internal sealed class ProjectsEndpoints() : ManagementGroup("Projects", Tenant);
