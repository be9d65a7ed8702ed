namespace Sluice.Storage.Mail;

/// <summary>The outbox as those see it who drain it, many nodes at once.</summary>
public interface IMailQueue
{
    /// <summary>
    /// Takes mails that are due, those first that have waited longest. They are this node's until the lease ends; what
    /// is not settled by then is due again for everybody, and may go out twice, with the same <c>Message-ID</c>.
    /// </summary>
    Task<IReadOnlyList<OutgoingMail>> ClaimAsync(int limit, TimeSpan lease, CancellationToken ct);

    /// <summary>Makes claimed mails due at once, as if they had never been claimed.</summary>
    Task GiveBackAsync(IReadOnlyCollection<long> ids, CancellationToken ct);

    /// <summary>Writes down what became of a claimed mail. A secret that is not needed any more is forgotten.</summary>
    Task RecordAsync(MailAttempt attempt, CancellationToken ct);

    /// <summary>Since when the oldest of those waits that wait; null where none does.</summary>
    Task<DateTimeOffset?> OldestAsync(CancellationToken ct);
}
