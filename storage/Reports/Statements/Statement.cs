namespace Sluice.Storage.Reports.Statements;

/// <summary>The statement of a month of a tenant. That of a closed month never changes.</summary>
public sealed record Statement
{
    public required long TenantId { get; init; }

    /// <summary>The month, yyyymm.</summary>
    public required int Period { get; init; }

    /// <summary>The tenant's name when it was closed.</summary>
    public required string TenantName { get; init; }

    /// <summary>The time zone of the month.</summary>
    public required string TimeZone { get; init; }

    public required string Currency { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>First instant after the month.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>When the month was closed; null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }
}
