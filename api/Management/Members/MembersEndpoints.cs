namespace Sluice.Api.Management.Members;

/// <summary>The endpoints tagged "Members".</summary>
internal sealed class MembersEndpoints() : ManagementGroup("Members", Tenant);
