// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record ChangePasswordRequest
{
    /// <summary>The member's present password, or the one-time password.</summary>
    public required string Current { get; init; }

    /// <summary>
    /// The new password, 10 to 128 characters, at least 5 of them different, without a user name of more than 3
    /// characters; it must differ from the present one.
    /// </summary>
    public required string New { get; init; }
}
