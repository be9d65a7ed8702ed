namespace Sluice.Storage.Control.Credentials;

/// <summary>A use of a key.</summary>
public readonly record struct KeyUse(long KeyId, long AtMs, bool WithPreviousSecret);
