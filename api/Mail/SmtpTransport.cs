using System.Net;
using System.Net.Mail;
using Microsoft.Extensions.Options;
using Sluice.Api.Settings;
using Sluice.Storage.Mail;

namespace Sluice.Api.Mail;

/// <summary>Sends mails by SMTP, each over a connection of its own. Thread-safe.</summary>
internal sealed class SmtpTransport
{
    private readonly SmtpOptions? _options;
    private readonly MailComposer _composer;
    private readonly TimeProvider _time;

    public SmtpTransport(IOptions<SluiceOptions> options, MailComposer composer, TimeProvider time)
    {
        _options = options.Value.Smtp.Length == 0 ? null : SmtpOptions.Read(options.Value.Smtp, []);
        (_composer, _time) = (composer, time);
    }

    /// <summary>Whether there is a server at all.</summary>
    public bool IsConfigured => _options is not null;

    /// <summary>Sends a mail to those who don't have it yet.</summary>
    /// <exception cref="OperationCanceledException">The node stops; whether the mail went out is unknown.</exception>
    public async Task<SendResult> SendAsync(OutgoingMail mail, CancellationToken ct)
    {
        var options = _options ?? throw new InvalidOperationException("there is no mail server");
        using var timeout = new CancellationTokenSource(options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, ct);
        var deliveries = new List<Delivery>();
        try
        {
            // The client takes some refusals of one recipient for a failure of all; asked one by one, each gets its own
            // answer.
            var refused = await SendAsync(options, mail, mail.Pending, deliveries, either.Token);
            if (refused is not null && mail.Pending.Length == 1)
                deliveries.Add(SmtpAnswers.Of(mail.Pending[0], refused));
            else if (refused is not null)
                await SendOneByOneAsync(options, mail, deliveries, either.Token);
            return new(deliveries, null);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new(deliveries, new("timeout", $"no answer within {options.Timeout.TotalSeconds:0} s"));
        }
        catch (Exception failure) when (SmtpAnswers.OutageOf(failure) is not null && !ct.IsCancellationRequested)
        {
            // An ended connection may be our own doing.
            return new(deliveries, timeout.IsCancellationRequested
                ? new("timeout", $"no answer within {options.Timeout.TotalSeconds:0} s")
                : SmtpAnswers.OutageOf(failure));
        }
        catch (Exception failure) when (failure is SmtpException or IOException)
        {
            throw new OperationCanceledException("the node stops", failure, ct);
        }
    }

    private async Task SendOneByOneAsync(
        SmtpOptions options, OutgoingMail mail, List<Delivery> deliveries, CancellationToken ct)
    {
        foreach (var recipient in mail.Pending)
        {
            if (await SendAsync(options, mail, [recipient], deliveries, ct) is { } refused)
                deliveries.Add(SmtpAnswers.Of(recipient, refused));
        }
    }

    /// <summary>One transaction with the server.</summary>
    /// <returns>The refusal of the mail as a whole; null where all recipients were answered about.</returns>
    private async Task<SmtpException?> SendAsync(
        SmtpOptions options,
        OutgoingMail mail,
        IReadOnlyList<string> recipients,
        List<Delivery> deliveries,
        CancellationToken ct)
    {
        using var message = _composer.Compose(mail, options.From, recipients);
        using var client = new SmtpClient(options.Host, options.Port) { EnableSsl = options.StartTls };
        if (options.User is { } user)
            client.Credentials = new NetworkCredential(user, options.Password);
        IReadOnlyList<SmtpFailedRecipientException> failures = [];
        try
        {
            // The client's own timeout does not hold for this call, and while it connects it hears of no token.
            await client.SendMailAsync(message, ct).WaitAsync(ct);
        }
        catch (SmtpFailedRecipientException failed) when (SmtpAnswers.OutageOf(failed) is null)
        {
            failures = failed is SmtpFailedRecipientsException many
                ? [.. many.InnerExceptions]
                : [failed];
        }
        catch (SmtpException refused) when (SmtpAnswers.OutageOf(refused) is null)
        {
            return refused;
        }

        deliveries.AddRange(SmtpAnswers.Of(recipients, failures));
        return null;
    }
}
