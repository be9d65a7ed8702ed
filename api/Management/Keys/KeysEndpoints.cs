namespace Sluice.Api.Management.Keys;

/// <summary>The endpoints tagged "Keys" that are about keys of a tenant.</summary>
internal sealed class KeysEndpoints() : ManagementGroup("Keys", Tenant);
