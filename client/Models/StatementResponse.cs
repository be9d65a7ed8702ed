// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>A month as the API shows it in lists.</summary>
public sealed record StatementResponse
{
    /// <summary>The month, such as <c>2026-11</c>.</summary>
    public required string Period { get; init; }

    /// <summary>Whether the month can still change.</summary>
    public required string State { get; init; }

    /// <summary>The tenant's name; in a closed month, that of the day on which it was closed.</summary>
    public required string TenantName { get; init; }

    /// <summary>The IANA time zone whose month it is, such as <c>Asia/Tokyo</c>.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The ISO 4217 code of the currency, such as <c>JPY</c>.</summary>
    public required string Currency { get; init; }

    /// <summary>The first instant of the month, in UTC.</summary>
    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>The first instant after the month, in UTC.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>When the month was closed, in UTC; null while it is open.</summary>
    public required DateTimeOffset? ClosedAt { get; init; }

    /// <summary>All usage of the month, by metric.</summary>
    public required IReadOnlyList<StatementResponseTotal> Totals { get; init; }
}
