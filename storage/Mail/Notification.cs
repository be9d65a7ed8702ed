using Sluice.Metering.Identity;

namespace Sluice.Storage.Mail;

/// <summary>A mail as people look after it, with what it tells of.</summary>
public sealed record Notification
{
    public required long Id { get; init; }

    public required long TenantId { get; init; }

    public required string Kind { get; init; }

    public required MailState State { get; init; }

    public required string Language { get; init; }

    public required string[] Recipients { get; init; }

    /// <summary>For each recipient the last answer of this sending; -1 where there was none.</summary>
    public required short[] Outcomes { get; init; }

    public required int Attempts { get; init; }

    public required string? LastError { get; init; }

    public required string MessageId { get; init; }

    public required DateTimeOffset? SentAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Of the threshold, where it tells of one; so are all that follow.</summary>
    public required ScopeKind? ScopeKind { get; init; }

    public required long? ScopeId { get; init; }

    public required string? Metric { get; init; }

    public required short? Decimals { get; init; }

    public required long? ThresholdUnits { get; init; }

    public required int? Period { get; init; }

    /// <summary>Whether its text needs a secret that is gone since it was sent.</summary>
    public required bool IsSpent { get; init; }
}
