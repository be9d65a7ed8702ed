using Sluice.Storage.Control;

namespace Sluice.Storage.Mail;

/// <summary>Mail that has to go out: written with what it tells of, sent by whoever drains it.</summary>
public interface IMailOutbox
{
    /// <summary>Has a mail sent, if and only if the action commits.</summary>
    /// <returns>The mail's number.</returns>
    Task<long> QueueAsync(UnitOfWork tx, QueuedMail mail, CancellationToken ct);

    /// <summary>Keeps mails that wait or were given up from being sent any more, and forgets their secrets.</summary>
    /// <param name="tx">The action.</param>
    /// <param name="tenantId">Whom they concern.</param>
    /// <param name="messageIdStart">What their <c>Message-ID</c>s begin with.</param>
    /// <param name="ct">Cancels the action.</param>
    Task CancelAsync(UnitOfWork tx, long tenantId, string messageIdStart, CancellationToken ct);
}
