namespace Sluice.Api.Management.Keys;

/// <summary>The endpoints tagged "Keys" for the caller's own key, below its tenant and below <c>/me</c>.</summary>
internal sealed class PersonalKeysEndpoints() : ManagementGroup("Keys");
