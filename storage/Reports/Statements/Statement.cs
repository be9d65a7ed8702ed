namespace Sluice.Storage.Reports.Statements;

/// <summary>The statement of a closed month of a tenant. Never changes.</summary>
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

    public required DateTimeOffset ClosedAt { get; init; }
}
