namespace Sluice.Storage.Quota;

/// <summary>That a tenant wants a higher quota.</summary>
public sealed record QuotaRequest
{
    public required long Id { get; init; }

    public required long TenantId { get; init; }

    /// <summary>Millionths of the tenant's currency.</summary>
    public required long AmountUnits { get; init; }

    public required string Reason { get; init; }

    public required QuotaRequestState State { get; init; }

    /// <summary>As the audit log names who it was.</summary>
    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string? DecidedBy { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>From who decided, for who asked.</summary>
    public string? Note { get; init; }

    /// <summary>What the quota was set to.</summary>
    public long? ApprovedUnits { get; init; }
}
