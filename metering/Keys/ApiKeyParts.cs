namespace Sluice.Metering.Keys;

/// <summary>The parts of a key that are readable without a lookup; not the secret.</summary>
/// <param name="Kind">The kind of owner.</param>
/// <param name="KeyId">The key's number, as in its scope of kind key.</param>
public readonly record struct ApiKeyParts(KeyKind Kind, long KeyId);
