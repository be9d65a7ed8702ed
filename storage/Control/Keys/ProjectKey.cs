namespace Sluice.Storage.Control.Keys;

/// <summary>Identifies a project key: a key is found only under its own project and tenant.</summary>
public readonly record struct ProjectKey(long TenantId, long ProjectId, long KeyId);
