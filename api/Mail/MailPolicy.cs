using Sluice.Storage.Outbox.Mail;

namespace Sluice.Api.Mail;

/// <summary>Decides when a mail is retried and when it is abandoned. Pure.</summary>
internal static class MailPolicy
{
    /// <summary>The most attempts that the server answered: some hours, with the delays below.</summary>
    public const int AttemptsMax = 20;

    private const int DoublingsMax = 20;

    /// <summary>The longest time between two attempts.</summary>
    public static readonly TimeSpan DelayMax = TimeSpan.FromMinutes(30);

    /// <summary>How long a mail waits for a server that can't be used.</summary>
    public static readonly TimeSpan OutageMax = TimeSpan.FromDays(3);

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(10);

    /// <summary>Decides what follows from an attempt to send a mail.</summary>
    /// <param name="mail">The mail as it was claimed.</param>
    /// <param name="result">The result of the attempt.</param>
    /// <param name="pause">How long the node waits for a server that can't be used.</param>
    /// <param name="share">
    /// The share of the delay to wait, from 0 to 1, at random: mails that failed together must not be retried together.
    /// </param>
    /// <param name="now">The end of the attempt.</param>
    public static MailAttempt Judge(
        OutgoingMail mail, SendResult result, TimeSpan pause, double share, DateTimeOffset now)
    {
        var settled = result.Deliveries.Count(static delivery => delivery.Outcome != DeliveryOutcome.PutOff);
        var isAccepted = mail.IsAccepted
            || result.Deliveries.Any(static delivery => delivery.Outcome == DeliveryOutcome.Accepted);
        // An outage does not count as an attempt, or a long one would use them all up.
        var attempts = mail.Attempts + (result.Outage is null ? 1 : 0);
        var isOver = settled == mail.Pending.Length
            || (result.Outage is null ? attempts >= AttemptsMax : now - mail.WaitingSince >= OutageMax);
        var state = isOver
            ? isAccepted ? MailState.Sent : MailState.Dead
            : MailState.Unsent;
        var delay = result.Outage is null ? DelayAfter(attempts) : pause;
        return new(mail, result.Deliveries, result.Outage?.Detail, state, attempts, now + (delay * share));
    }

    /// <summary>Returns the longest delay after a number of attempts.</summary>
    public static TimeSpan DelayAfter(int attempts)
    {
        var doubled = FirstDelay * Math.Pow(2, Math.Clamp(attempts - 1, 0, DoublingsMax));
        return doubled < DelayMax ? doubled : DelayMax;
    }
}
