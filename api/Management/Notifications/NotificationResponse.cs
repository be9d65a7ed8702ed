using Sluice.Metering.Periods;
using Sluice.Storage.Outbox.Mail;

namespace Sluice.Api.Management.Notifications;

/// <summary>A mail as the API shows it.</summary>
/// <param name="Kind">What it is about: <c>warning</c>, <c>blocked</c>, <c>invitation</c>, <c>quota_requested</c>,
/// <c>quota_decided</c>, <c>test</c>.</param>
/// <param name="State"><c>unsent</c>, <c>sent</c>, <c>dead</c> or <c>cancelled</c>.</param>
/// <param name="Scope">The scope of the threshold that it reports; null if it reports none, like the next four.</param>
/// <param name="Period"><c>2026-11</c>, <c>2026-11-21</c> or <c>total</c>.</param>
/// <param name="Attempts">The attempts that the mail server has answered.</param>
/// <param name="LastError">What was wrong with the last attempt.</param>
/// <param name="MessageId">The <c>Message-ID</c>, the same for every attempt.</param>
internal sealed record NotificationResponse(
    string Id,
    string TenantId,
    string Kind,
    MailState State,
    string Language,
    string? Scope,
    string? ScopeId,
    string? Metric,
    JsonDecimal? Threshold,
    string? Period,
    IReadOnlyList<NotificationResponse.Recipient> Recipients,
    int Attempts,
    string? LastError,
    string MessageId,
    DateTimeOffset? SentAt,
    DateTimeOffset CreatedAt)
{
    /// <param name="State">
    /// The mail server's reply: <c>accepted</c>, <c>deferred</c>, <c>refused</c>; <c>unsent</c> before there is one.
    /// </param>
    internal sealed record Recipient(string Email, string State);

    public static NotificationResponse Of(Notification mail) => new(
        Ids.Notification(mail.Id),
        Ids.Tenant(mail.TenantId),
        mail.Kind,
        mail.State,
        mail.Language,
        mail.ScopeKind is { } kind ? Words.Of(kind) : null,
        mail.ScopeKind is { } scope ? IdText.Format(IdText.PrefixOf(scope), mail.ScopeId!.Value) : null,
        mail.Metric,
        mail.ThresholdUnits is { } units ? JsonDecimal.Of(units, mail.Decimals ?? 0) : null,
        mail.Period is { } period ? new PeriodKey(period).ToString() : null,
        [.. mail.Recipients.Zip(mail.Outcomes, static (email, outcome) => new Recipient(email, StateOf(outcome)))],
        mail.Attempts,
        mail.LastError,
        mail.MessageId,
        mail.SentAt,
        mail.CreatedAt);

    /// <summary>Returns the id only, because addresses must not be printed.</summary>
    public override string ToString() => Id;

    private static string StateOf(short outcome) => (DeliveryOutcome)outcome switch
    {
        DeliveryOutcome.Accepted => "accepted",
        DeliveryOutcome.PutOff => "deferred",
        DeliveryOutcome.Refused => "refused",
        _ => "unsent",
    };
}
