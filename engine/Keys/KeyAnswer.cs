namespace Sluice.Engine.Keys;

/// <summary>The result of authenticating a secret.</summary>
/// <param name="Key">The key; null if the secret must be rejected.</param>
/// <param name="TooManyUnknown">Whether it was not even looked up, because its sender has sent too many unknown ones.
/// </param>
public readonly record struct KeyAnswer(CachedKey? Key, bool TooManyUnknown = false);
