using Sluice.Storage.Control;

namespace Sluice.Storage.Mail;

/// <summary>Mail is written with what it tells of: it goes out if that has happened, and only then.</summary>
public interface IMailOutbox
{
    Task QueueAsync(ControlTransaction tx, QueuedMail mail, CancellationToken ct);
}
