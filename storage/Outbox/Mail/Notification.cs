using Sluice.Metering.Identity;

namespace Sluice.Storage.Outbox.Mail;

/// <summary>A mail as shown to administrators, with its subject.</summary>
public sealed record Notification
{
    public required long Id { get; init; }

    public required long TenantId { get; init; }

    public required string Kind { get; init; }

    public required MailState State { get; init; }

    public required string Language { get; init; }

    public required string[] Recipients { get; init; }

    /// <summary>The last result of this sending for each recipient; -1 if there was none.</summary>
    public required short[] Outcomes { get; init; }

    public required int Attempts { get; init; }

    public required string? LastError { get; init; }

    public required string MessageId { get; init; }

    public required DateTimeOffset? SentAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>
    /// The kind of scope of the threshold, for mail about one; the properties up to the period belong to it too.
    /// </summary>
    public required ScopeKind? ScopeKind { get; init; }

    public required long? ScopeId { get; init; }

    public required string? Metric { get; init; }

    public required short? Decimals { get; init; }

    public required long? ThresholdUnits { get; init; }

    public required int? Period { get; init; }

    /// <summary>Whether its text needs a secret that was deleted after it was sent.</summary>
    public required bool IsSpent { get; init; }
}
