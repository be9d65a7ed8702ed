namespace Sluice.Storage.Reports.Statements;

/// <summary>A tenant with a month that is over and has no statement yet.</summary>
public sealed record StatementDue
{
    public required long TenantId { get; init; }

    public required string Name { get; init; }

    public required string TimeZone { get; init; }

    public required string Currency { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The month of its last statement, yyyymm; null if it has none.</summary>
    public int? LastPeriod { get; init; }
}
