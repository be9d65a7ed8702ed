namespace Sluice.Storage.Control.Idempotency;

/// <summary>The idempotency key of a mutation, with the request it belongs to.</summary>
/// <param name="Principal">The caller; two callers may use the same key.</param>
/// <param name="KeyHash">SHA-256 of the caller's <c>Idempotency-Key</c>.</param>
/// <param name="Fingerprint">SHA-256 of the method, the path, the query and the body.</param>
public sealed record ActionKey(string Principal, byte[] KeyHash, byte[] Fingerprint);
