// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record SignInResponse
{
    /// <summary>The session's token, to be sent as the bearer token; browsers get it as a cookie too.</summary>
    public required string AccessToken { get; init; }

    /// <summary>When the session ends, in UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The member's id, such as <c>m0000000001a</c>.</summary>
    public required string MemberId { get; init; }

    /// <summary>The member's role in the tenant.</summary>
    public required string TenantRole { get; init; }

    /// <summary>Whether the password must be changed before anything else is allowed.</summary>
    public required bool MustChangePassword { get; init; }

    /// <summary>
    /// Whether a second factor, which the tenant demands, must be enrolled before anything else is allowed.
    /// </summary>
    public required bool MustEnrollMfa { get; init; }
}
