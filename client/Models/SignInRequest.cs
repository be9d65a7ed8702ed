// Written from the OpenAPI document by a test of the API, which says how.
using System.Text.Json.Serialization;

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record SignInRequest
{
    /// <summary>The tenant's id, such as <c>t0000000001a</c>.</summary>
    public required string Tenant { get; init; }

    /// <summary>The member's user name; its case does not matter.</summary>
    public required string UserName { get; init; }

    /// <summary>The member's password, or the one-time password.</summary>
    public required string Password { get; init; }

    /// <summary>A code of the second factor, or a recovery code; needed if a second factor is in effect.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Totp { get; init; }
}
