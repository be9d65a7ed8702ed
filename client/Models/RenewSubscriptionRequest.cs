// Written from the OpenAPI document by a test of the API, which says how.
using System.Text.Json.Serialization;

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record RenewSubscriptionRequest
{
    /// <summary>
    /// The first instant at which its seats give no access, in the future; only the operator may set one before the
    /// present end.
    /// </summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The number of seats, 1 to 10,000; unchanged if omitted. Only the operator changes it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Seats { get; init; }
}
