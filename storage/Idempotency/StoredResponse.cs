namespace Sluice.Storage.Idempotency;

/// <summary>What a mutation answered.</summary>
/// <param name="Status">The HTTP status, 2xx: what was refused changed nothing and may be sent again.</param>
/// <param name="ContentType">Null where there is no body.</param>
/// <param name="Location">The address of what was created.</param>
/// <param name="SealedBody">Readable only with what the caller sends again.</param>
/// <param name="Changes">What nodes have to be told before this may be answered.</param>
public sealed record StoredResponse(
    int Status, string? ContentType, string? Location, byte[] SealedBody, string Changes);
