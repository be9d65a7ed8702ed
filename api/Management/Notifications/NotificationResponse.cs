using Sluice.Metering.Periods;
using Sluice.Storage.Control.Names;
using Sluice.Storage.Outbox.Mail;

namespace Sluice.Api.Management.Notifications;

/// <summary>A mail as the API shows it.</summary>
/// <param name="Id">The mail's id, such as <c>n0000000001a</c>.</param>
/// <param name="TenantId">The tenant's id, such as <c>t0000000001a</c>.</param>
/// <param name="Kind">
/// What it is about: <c>warning</c>, <c>blocked</c>, <c>invitation</c>, <c>quota_requested</c>, <c>quota_decided</c> or
/// <c>test</c>.
/// </param>
/// <param name="State">
/// Whether it waits, was sent to at least one recipient, has failed for all, or is no longer needed.
/// </param>
/// <param name="Language">The language of the mail: <c>en</c> or <c>fr</c>.</param>
/// <param name="Scope">
/// The kind of scope of the threshold that it reports: <c>tenant</c>, <c>project</c>, <c>seat</c> or <c>key</c>; null
/// if it reports no threshold.
/// </param>
/// <param name="ScopeId">The id of that scope; null if it reports no threshold.</param>
/// <param name="ScopeName">
/// The name of that scope, the user name of its holder for a seat; null without one, or if it reports no threshold.
/// </param>
/// <param name="Metric">The name of the threshold's metric; null if it reports no threshold.</param>
/// <param name="Threshold">The threshold's value, in the metric's units; null if it reports no threshold.</param>
/// <param name="Period">
/// The period in which it was reached: <c>2026-11</c>, <c>2026-11-21</c> or <c>total</c>; null if it reports no
/// threshold.
/// </param>
/// <param name="Recipients">The recipients, each with a state of its own.</param>
/// <param name="Attempts">The number of attempts that the mail server has answered.</param>
/// <param name="LastError">What was wrong with the last attempt; null if nothing was.</param>
/// <param name="MessageId">The <c>Message-ID</c>, the same for every attempt.</param>
/// <param name="SentAt">When it was sent, in UTC; null if it was not.</param>
/// <param name="CreatedAt">When it was created, in UTC.</param>
internal sealed record NotificationResponse(
    string Id,
    string TenantId,
    string Kind,
    MailState State,
    string Language,
    string? Scope,
    string? ScopeId,
    string? ScopeName,
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
    /// <param name="Email">The address of the recipient.</param>
    /// <param name="State">
    /// The mail server's reply: <c>accepted</c>, <c>deferred</c> or <c>refused</c>; <c>unsent</c> before there is one.
    /// </param>
    internal sealed record Recipient(string Email, string State);

    /// <summary>Returns the id of the scope that a mail reports on; null if it reports no threshold.</summary>
    public static string? ScopeOf(Notification mail) =>
        mail.ScopeKind is { } scope ? IdText.Format(IdText.PrefixOf(scope), mail.ScopeId!.Value) : null;

    public static NotificationResponse Of(Notification mail, NameBook names) => new(
        Ids.Notification(mail.Id),
        Ids.Tenant(mail.TenantId),
        mail.Kind,
        mail.State,
        mail.Language,
        mail.ScopeKind is { } kind ? Words.Of(kind) : null,
        ScopeOf(mail),
        names[ScopeOf(mail)],
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
