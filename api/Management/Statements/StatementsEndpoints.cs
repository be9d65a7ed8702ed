namespace Sluice.Api.Management.Statements;

/// <summary>The endpoints tagged "Statements".</summary>
internal sealed class StatementsEndpoints() : ManagementGroup("Statements", Tenant);
