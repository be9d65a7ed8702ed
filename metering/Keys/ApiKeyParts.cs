namespace Sluice.Metering.Keys;

/// <summary>What can be read off a key without looking it up. The secret is not among it.</summary>
/// <param name="Kind">What the key belongs to.</param>
/// <param name="KeyId">Its number, as in the scope of kind key.</param>
public readonly record struct ApiKeyParts(KeyKind Kind, long KeyId);
