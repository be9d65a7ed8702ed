// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record ConfirmMfaRequest
{
    /// <summary>The code that the authenticator app shows.</summary>
    public required string Totp { get; init; }
}
