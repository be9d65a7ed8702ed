namespace Sluice.Storage.Mail;

/// <summary>What the <c>Message-ID</c>s of this installation end with.</summary>
/// <param name="Name">A host's name, without the at sign.</param>
public sealed record MailDomain(string Name);
