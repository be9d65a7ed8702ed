namespace Sluice.Api.Management.Diagnostics;

/// <summary>The endpoints tagged "Diagnostics".</summary>
internal sealed class DiagnosticsEndpoints() : ManagementGroup("Diagnostics");
