// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record DisableMfaResponse
{
    /// <summary>Whether a second factor is in effect: now false.</summary>
    public required bool MfaEnabled { get; init; }
}
