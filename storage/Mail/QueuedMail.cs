namespace Sluice.Storage.Mail;

/// <summary>A mail that has to go out.</summary>
/// <param name="TenantId">Whom it concerns.</param>
/// <param name="Kind">What it is about: <c>invitation</c>, <c>quota_decided</c>.</param>
/// <param name="Recipients">At least one address; all get the same mail.</param>
/// <param name="Language"><c>en</c> or <c>fr</c>.</param>
/// <param name="Model">What the text is made of, to be kept as JSON; never a secret.</param>
/// <param name="Sealed">A secret that the text needs, sealed; null without one.</param>
/// <param name="MessageId">
/// The <c>Message-ID</c> without its brackets; the same for every attempt. No two mails have the same one.
/// </param>
public sealed record QueuedMail(
    long TenantId, string Kind, string[] Recipients, string Language, object Model, byte[]? Sealed, string MessageId);
