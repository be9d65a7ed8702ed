// Written from the OpenAPI document by a test of the API, which says how.
using System.Text.Json.Serialization;

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record AcceptInvitationRequest
{
    /// <summary>The token in the invitation's link.</summary>
    public required string Token { get; init; }

    /// <summary>
    /// The user name: letters, digits and <c>_</c>, not beginning with a digit, at most 64 characters; unique in the
    /// tenant, ignoring case.
    /// </summary>
    public required string UserName { get; init; }

    /// <summary>
    /// The password, 10 to 128 characters, at least 5 of them different, without a user name of more than 3 characters.
    /// </summary>
    public required string Password { get; init; }

    /// <summary>
    /// The member's address, for a shared link; none if omitted. With an invitation by mail it may only be the invited
    /// address.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Email { get; init; }
}
