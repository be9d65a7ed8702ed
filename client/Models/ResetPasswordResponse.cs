// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record ResetPasswordResponse
{
    /// <summary>The member's id, such as <c>m0000000001a</c>.</summary>
    public required string Id { get; init; }

    /// <summary>A one-time password, shown once; it must be changed at the next sign-in.</summary>
    public required string OneTimePassword { get; init; }
}
