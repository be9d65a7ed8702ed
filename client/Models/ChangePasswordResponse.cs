// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record ChangePasswordResponse
{
    /// <summary>Whether the password must be changed before anything else is allowed: now false.</summary>
    public required bool MustChangePassword { get; init; }
}
