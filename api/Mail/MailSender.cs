using System.Security.Cryptography;
using Sluice.Metering.Identity;
using Sluice.Storage.Mail;

namespace Sluice.Api.Mail;

/// <summary>Sends one claimed mail and writes down what became of it.</summary>
internal sealed class MailSender(
    SmtpTransport transport, IMailQueue queue, MailMetrics metrics, TimeProvider time, ILogger<MailSender> logger)
{
    private const int Shares = 1_000;

    /// <summary>Of this node, for all its mails.</summary>
    public SmtpCircuitBreaker Pause { get; } = new(time);

    public bool HasServer => transport.IsConfigured;

    /// <returns>Whether it went out, to all or the last of its recipients.</returns>
    /// <exception cref="OperationCanceledException">The node stops; the mail is to be given back.</exception>
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
        // What the server has taken has to be known, whatever becomes of the node.
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
            // A mail that can't be made must not keep others from going out. It is tried again, for another node may
            // know a kind that this one does not, and ends with the attempts.
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
