// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record EnrollMfaResponse
{
    /// <summary>The secret in base 32, for typing into an authenticator app.</summary>
    public required string Secret { get; init; }

    /// <summary>The secret as a link, for a QR code.</summary>
    public required string OtpauthUri { get; init; }
}
