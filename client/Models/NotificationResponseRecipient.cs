// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record NotificationResponseRecipient
{
    /// <summary>The address of the recipient.</summary>
    public required string Email { get; init; }

    /// <summary>
    /// The mail server's reply: <c>accepted</c>, <c>deferred</c> or <c>refused</c>; <c>unsent</c> before there is one.
    /// </summary>
    public required string State { get; init; }
}
