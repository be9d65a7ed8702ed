// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>A month with the usage of every project, personal key, seat and model.</summary>
public sealed record StatementDetailResponse
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

    /// <summary>The usage of each project, by its keys.</summary>
    public required IReadOnlyList<StatementDetailResponseHolder> Projects { get; init; }

    /// <summary>The usage of each personal key, by the member who holds it.</summary>
    public required IReadOnlyList<StatementDetailResponseHolder> PersonalKeys { get; init; }

    /// <summary>The usage of each seat.</summary>
    public required IReadOnlyList<StatementDetailResponseHolder> Seats { get; init; }

    /// <summary>The usage of each model.</summary>
    public required IReadOnlyList<StatementDetailResponseModelUse> Models { get; init; }

    /// <summary>
    /// The part of the usage that was admitted in an earlier month and found only after that month was closed.
    /// </summary>
    public required IReadOnlyList<StatementDetailResponseAdjustment> Adjustments { get; init; }

    /// <summary>All usage of the month before, by metric, if it is asked for; null if there is no such month.</summary>
    public required IReadOnlyList<StatementResponseTotal>? Previous { get; init; }
}
