using Sluice.Storage.Control;

namespace Sluice.Storage.Mail;

/// <summary>Mails as people look after them.</summary>
public interface INotificationStore
{
    /// <param name="tenantId">Only this tenant's; null for all.</param>
    /// <param name="state">Only those that stand so; null for all.</param>
    /// <param name="page">Which page; the oldest come first.</param>
    /// <param name="ct">Cancels the query.</param>
    Task<Result<Page<Notification>>> ListAsync(
        long? tenantId, MailState? state, PageRequest page, CancellationToken ct);

    /// <summary>A mail as the action sees it; null where there is none.</summary>
    Task<Notification?> FindAsync(UnitOfWork tx, long mailId, CancellationToken ct);

    /// <summary>
    /// Has a mail that was sent or given up sent again, to all its recipients and with the same <c>Message-ID</c>.
    /// What was delivered before stays in the log.
    /// </summary>
    Task<Result<Notification>> ResendAsync(UnitOfWork tx, long mailId, CancellationToken ct);
}
