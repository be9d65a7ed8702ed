// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record CreateTenantOwner
{
    /// <summary>
    /// The user name: letters, digits and <c>_</c>, not beginning with a digit, at most 64 characters; unique in the
    /// tenant, ignoring case.
    /// </summary>
    public required string UserName { get; init; }

    /// <summary>The owner's address.</summary>
    public required string Email { get; init; }
}
