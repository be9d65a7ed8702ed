namespace Sluice.Storage.Outbox.Mail;

/// <summary>The domain part of the <c>Message-ID</c>s of this installation.</summary>
/// <param name="Name">A host name, without the at sign.</param>
public sealed record MailDomain(string Name);
