namespace Sluice.Storage.Outbox.Mail;

/// <summary>A mail to be sent.</summary>
/// <param name="TenantId">The tenant it concerns.</param>
/// <param name="Kind">The kind of mail: <c>invitation</c>, <c>quota_decided</c>.</param>
/// <param name="Recipients">At least one address; all get the same mail.</param>
/// <param name="Language">The language: <c>en</c> or <c>fr</c>.</param>
/// <param name="Model">The data of the text, stored as JSON; never a secret.</param>
/// <param name="Sealed">A secret that the text needs, encrypted; null without one.</param>
/// <param name="MessageId">The <c>Message-ID</c> without its brackets; unique per mail and the same for every
/// attempt.</param>
public sealed record QueuedMail(
    long TenantId, string Kind, string[] Recipients, string Language, object Model, byte[]? Sealed, string MessageId);
