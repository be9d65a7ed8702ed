namespace Sluice.Storage.Keys;

/// <summary>Which project key is meant: a key is found only under its own project and tenant.</summary>
public readonly record struct ProjectKey(long TenantId, long ProjectId, long KeyId);
