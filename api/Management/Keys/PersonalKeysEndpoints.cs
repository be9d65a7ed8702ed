using Sluice.Api.Endpoints;

namespace Sluice.Api.Management.Keys;

/// <summary>The endpoints tagged "Keys" that are about the caller's own key, under its tenant and under itself.</summary>
internal sealed class PersonalKeysEndpoints() : ManagementGroup("Keys");
