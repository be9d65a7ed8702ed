using System.Security.Cryptography;
using Sluice.Storage.Outbox.Mail;

namespace Sluice.Api.Mail;

/// <summary>Sends one claimed mail and records the result.</summary>
internal sealed class MailSender(
    SmtpTransport transport, MailQueue queue, MailMetrics metrics, TimeProvider time, ILogger<MailSender> logger)
{
    private const int Shares = 1_000;

    /// <summary>The circuit breaker of this node, for all its mails.</summary>
    public SmtpCircuitBreaker Pause { get; } = new(time);

    public bool HasServer => transport.IsConfigured;

    /// <returns>Whether the mail was sent, to all or the last of its recipients.</returns>
    /// <exception cref="OperationCanceledException">The node stops; the mail must be given back.</exception>
    public async Task<bool> SendAsync(OutgoingMail mail, CancellationToken ct)
    {
        var result = await TryAsync(mail, ct);
        if (result.Outage is { } outage)
        {
            if (Pause.Begin())
                MailLog.ServerAway(logger, outage.Reason);
        }
        else if (Pause.End())
        {
            MailLog.ServerBack(logger);
        }

        var share = (RandomNumberGenerator.GetInt32(Shares) + 1) / (double)Shares;
        var attempt = MailPolicy.Judge(mail, result, Pause.Length, share, time.GetUtcNow());
        // What the server has accepted must be recorded, whatever happens to the node.
        await queue.RecordAsync(attempt, CancellationToken.None);
        Count(attempt);
        return attempt.State == MailState.Sent;
    }

    private async Task<SendResult> TryAsync(OutgoingMail mail, CancellationToken ct)
    {
        try
        {
            return await transport.SendAsync(mail, ct);
        }
        catch (Exception wrong) when (wrong is not OperationCanceledException)
        {
            // A mail that can't be composed must not block others. It is retried until the attempts are used up,
            // because another node may know a kind that this one does not.
            MailLog.NotComposed(logger, IdText.Format(IdText.Mail, mail.Id), wrong.GetType().Name);
            var detail = $"can't be composed: {wrong.GetType().Name}";
            return new(
                [.. mail.Pending.Select(recipient => new Delivery(recipient, DeliveryOutcome.PutOff, detail))], null);
        }
    }

    private void Count(MailAttempt attempt)
    {
        switch (attempt.State)
        {
            case MailState.Sent:
                metrics.Sent();
                break;
            case MailState.Dead:
                metrics.Dead();
                MailLog.GivenUp(logger, IdText.Format(IdText.Mail, attempt.Mail.Id), attempt.Attempts);
                break;
            default:
                metrics.Failed();
                break;
        }
    }
}
