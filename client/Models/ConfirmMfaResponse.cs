// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record ConfirmMfaResponse
{
    /// <summary>Ten recovery codes, each of which signs in once without the app; shown once.</summary>
    public required IReadOnlyList<string> RecoveryCodes { get; init; }
}
