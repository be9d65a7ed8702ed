namespace Sluice.Storage.Outbox.Mail;

/// <summary>The result of one attempt to deliver a mail to one recipient. The numbers are stored.</summary>
public enum DeliveryOutcome : short
{
    /// <summary>The server accepted the mail and is responsible for it from here.</summary>
    Accepted = 0,

    /// <summary>Temporarily refused; will be retried.</summary>
    PutOff = 1,

    /// <summary>Permanently refused; will not be retried.</summary>
    Refused = 2,
}
