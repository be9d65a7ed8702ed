using System.Net.Security;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using Sluice.Api.Settings;
using Sluice.Storage.Outbox.Mail;

namespace Sluice.Api.Mail;

/// <summary>Sends mails by SMTP, each over a connection of its own. Thread-safe.</summary>
internal sealed class SmtpTransport
{
    private readonly SmtpOptions? _options;
    private readonly MailComposer _composer;
    private readonly TimeProvider _time;
    private readonly RemoteCertificateValidationCallback? _trust;

    /// <param name="options">The settings, with the server in them if there is one.</param>
    /// <param name="composer">Composes the messages.</param>
    /// <param name="time">Measures the timeout.</param>
    /// <param name="trust">Decides on the server's certificate; the system's store if it is null.</param>
    public SmtpTransport(
        IOptions<SluiceOptions> options,
        MailComposer composer,
        TimeProvider time,
        RemoteCertificateValidationCallback? trust = null)
    {
        _options = options.Value.Smtp.Length == 0 ? null : SmtpOptions.Read(options.Value.Smtp, []);
        (_composer, _time, _trust) = (composer, time, trust);
    }

    /// <summary>Whether there is a server at all.</summary>
    public bool IsConfigured => _options is not null;

    /// <summary>Sends a mail to the recipients that don't have it yet.</summary>
    /// <exception cref="OperationCanceledException">The node stops; whether the mail went out is unknown.</exception>
    public async Task<SendResult> SendAsync(OutgoingMail mail, CancellationToken ct)
    {
        var options = _options ?? throw new InvalidOperationException("there is no mail server");
        using var timeout = new CancellationTokenSource(options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, ct);
        using var client = new RecipientClient();
        try
        {
            await OpenAsync(client, options, either.Token);
            await SendAsync(client, options, mail, mail.Pending, either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new(client.Deliveries, new("timeout", $"no answer within {options.Timeout.TotalSeconds:0} s"));
        }
        catch (Exception failure) when (SmtpResponses.OutageOf(failure) is { } outage)
        {
            ct.ThrowIfCancellationRequested();
            return new(client.Deliveries, outage);
        }

        // The mail is the server's by now, and nothing that happens to QUIT is thrown: neither a timeout nor a stop of
        // the node makes it go out again.
        await client.DisconnectAsync(quit: true, either.Token);
        return new(client.Deliveries, null);
    }

    private async Task OpenAsync(RecipientClient client, SmtpOptions options, CancellationToken ct)
    {
        client.ServerCertificateValidationCallback = _trust;
        // A list of revoked certificates that can't be fetched would keep warnings from going out.
        client.CheckCertificateRevocation = false;
        await client.ConnectAsync(options.Host, options.Port, options.Security, ct);
        if (options.User is { } user)
            await client.AuthenticateAsync(user, options.Password ?? "", ct);
    }

    /// <summary>
    /// One transaction with the server. If it refuses the content, each recipient is tried alone, for the content may
    /// have been refused because of one of them.
    /// </summary>
    private async Task SendAsync(
        RecipientClient client,
        SmtpOptions options,
        OutgoingMail mail,
        IReadOnlyCollection<string> recipients,
        CancellationToken ct)
    {
        using var message = _composer.Compose(mail, options.From, recipients);
        client.Recipients = [.. recipients];
        try
        {
            await client.SendAsync(message, ct);
            client.AcceptOpen();
        }
        catch (SmtpCommandException refused) when (SmtpResponses.OutageOf(refused) is null)
        {
            string[] open = [.. client.Open];
            if (open.Length == 1)
                client.Deliveries.Add(SmtpResponses.Of(open[0], (int)refused.StatusCode, refused.Message));
            foreach (var recipient in open.Length == 1 ? [] : open)
                await SendAsync(client, options, mail, [recipient], ct);
        }
    }

    /// <summary>Notes each recipient that the server refuses, and goes on with the others.</summary>
    private sealed class RecipientClient : SmtpClient
    {
        /// <summary>The responses so far, by recipient.</summary>
        public List<Delivery> Deliveries { get; } = [];

        /// <summary>The recipients of the message, in its order and as the mail has them.</summary>
        public IReadOnlyList<string> Recipients { get; set; } = [];

        /// <summary>The recipients of the message without a response so far.</summary>
        public IEnumerable<string> Open =>
            Recipients.Except(Deliveries.Select(static delivery => delivery.Recipient));

        /// <summary>Notes those that were not refused as accepted.</summary>
        public void AcceptOpen() => Deliveries.AddRange(
            [.. Open.Select(static recipient => new Delivery(recipient, DeliveryOutcome.Accepted, null))]);

        protected override void OnRecipientNotAccepted(
            MimeKit.MimeMessage message, MimeKit.MailboxAddress mailbox, SmtpResponse response)
        {
            if (SmtpResponses.IsOutage((int)response.StatusCode))
                base.OnRecipientNotAccepted(message, mailbox, response);
            // Not the mailbox's own text: the library may write an address in another way than it was given.
            var recipient = Recipients[message.To.IndexOf(mailbox)];
            Deliveries.Add(SmtpResponses.Of(recipient, (int)response.StatusCode, response.Response));
        }
    }
}
