namespace Sluice.Storage.Outbox.Mail;

/// <summary>The state of a mail. The numbers are stored.</summary>
public enum MailState : short
{
    /// <summary>Waiting for its first attempt or another one.</summary>
    Unsent = 0,

    /// <summary>No recipient is left waiting, and at least one has received it.</summary>
    Sent = 1,

    /// <summary>No recipient has received it, and it is not retried unless requested.</summary>
    Dead = 2,

    /// <summary>The content of the mail no longer applies.</summary>
    Cancelled = 3,
}
