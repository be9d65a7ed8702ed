// Written from the OpenAPI document by a test of the API, which says how.
using System.Text.Json.Serialization;

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record ReservationAnswer
{
    /// <summary>The reservation's id.</summary>
    public required string Id { get; init; }

    /// <summary>When the hold is released by itself, in UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Always true: what is refused is answered with a problem.</summary>
    public required bool Allowed { get; init; }

    /// <summary>Whether it repeats what was admitted before; the response is that of the first time.</summary>
    public required bool Duplicate { get; init; }

    /// <summary>The worst state of the key's limits afterwards.</summary>
    public required string State { get; init; }

    /// <summary>The amount of the usage, in the tenant's currency.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The credits of the usage.</summary>
    public required decimal Credits { get; init; }

    /// <summary>The limits that could refuse the key, tightest first.</summary>
    public required IReadOnlyList<Limit> Limits { get; init; }

    /// <summary>
    /// The metrics of the usage that have no price and count as 0; absent if there are none, or no amount or credits
    /// are limited.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Unpriced { get; init; }
}
