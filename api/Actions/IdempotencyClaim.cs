using Sluice.Storage.Control.Idempotency;

namespace Sluice.Api.Actions;

/// <summary>The claim of a request on its idempotency key, while the request is being handled.</summary>
/// <param name="Key">The claimed key, as it is stored.</param>
/// <param name="Cipher">Encrypts the response for a repeated request with the same credential.</param>
internal sealed record IdempotencyClaim(ActionKey Key, ResponseCipher Cipher);
