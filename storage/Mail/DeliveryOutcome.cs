namespace Sluice.Storage.Mail;

/// <summary>What became of a mail for one recipient in one attempt. The numbers are stored.</summary>
public enum DeliveryOutcome : short
{
    /// <summary>The server has it and answers for the rest.</summary>
    Accepted = 0,

    /// <summary>Not now; it is tried again.</summary>
    PutOff = 1,

    /// <summary>Never; it is not tried again.</summary>
    Refused = 2,
}
