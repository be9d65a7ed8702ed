namespace Sluice.Storage.Statements;

/// <summary>A month of a tenant that is closed. Never changes.</summary>
public sealed record Statement
{
    public required long TenantId { get; init; }

    /// <summary>The month, yyyymm.</summary>
    public required int Period { get; init; }

    /// <summary>The tenant's name when it was closed.</summary>
    public required string TenantName { get; init; }

    /// <summary>The zone whose month it is.</summary>
    public required string TimeZone { get; init; }

    public required string Currency { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>The first instant after it.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    public required DateTimeOffset ClosedAt { get; init; }
}
