namespace Sluice.Storage.Roles;

/// <summary>The rights of the service's role on one table.</summary>
/// <param name="Table">The table.</param>
/// <param name="Privileges">The privileges as a <c>grant</c> statement lists them.</param>
internal sealed record TableGrant(string Table, string Privileges);
