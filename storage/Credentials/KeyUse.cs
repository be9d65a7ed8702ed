namespace Sluice.Storage.Credentials;

/// <summary>That a key was used.</summary>
public readonly record struct KeyUse(long KeyId, long AtMs, bool WithPreviousSecret);
