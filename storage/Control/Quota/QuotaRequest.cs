namespace Sluice.Storage.Control.Quota;

/// <summary>A tenant's request for a higher quota.</summary>
public sealed record QuotaRequest
{
    public required long Id { get; init; }

    public required long TenantId { get; init; }

    /// <summary>The requested quota, in millionths of the tenant's currency.</summary>
    public required long AmountUnits { get; init; }

    public required string Reason { get; init; }

    public required QuotaRequestState State { get; init; }

    /// <summary>The requester, as named in the audit log.</summary>
    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string? DecidedBy { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>The operator's note to the requester.</summary>
    public string? Note { get; init; }

    /// <summary>The quota that was set.</summary>
    public long? ApprovedUnits { get; init; }
}
