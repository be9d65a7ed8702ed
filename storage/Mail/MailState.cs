namespace Sluice.Storage.Mail;

/// <summary>Where a mail stands. The numbers are stored.</summary>
public enum MailState : short
{
    /// <summary>It waits, for its first attempt or another one.</summary>
    Unsent = 0,

    /// <summary>Nobody is waited for any more, and at least one recipient has it.</summary>
    Sent = 1,

    /// <summary>Nobody has it, and it is not tried again unless somebody says so.</summary>
    Dead = 2,

    /// <summary>What it tells of is no longer so.</summary>
    Cancelled = 3,
}
