namespace Sluice.Storage.Control.Idempotency;

/// <summary>The stored response of a mutation.</summary>
/// <param name="Status">The HTTP status, 2xx: a refused request changed nothing and may be sent again.</param>
/// <param name="ContentType">The content type; null if there is no body.</param>
/// <param name="Location">The address of the created resource.</param>
/// <param name="SealedBody">The encrypted body; decrypting it takes what the caller sends again.</param>
/// <param name="Changes">The changes that nodes must apply before this response may be sent.</param>
public sealed record StoredResponse(
    int Status, string? ContentType, string? Location, byte[] SealedBody, string Changes);
