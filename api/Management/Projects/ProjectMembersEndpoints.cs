namespace Sluice.Api.Management.Projects;

/// <summary>The endpoints tagged "Project members".</summary>
internal sealed class ProjectMembersEndpoints() : ManagementGroup("Project members", Tenant);
