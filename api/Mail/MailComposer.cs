using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using MimeKit;
using Sluice.Api.Auth;
using Sluice.Api.Mail.Texts;
using Sluice.Api.Settings;
using Sluice.Storage.Outbox.Mail;

namespace Sluice.Api.Mail;

/// <summary>Composes the message of a queued mail: the same for every attempt, except for its recipients.</summary>
internal sealed class MailComposer(IOptions<SluiceOptions> options, SealedSecrets secrets)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <exception cref="JsonException">The mail's kind or model is unknown to this program.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">
    /// The key that encrypted a secret is gone.
    /// </exception>
    public MimeMessage Compose(OutgoingMail mail, MailboxAddress? sender, IEnumerable<string> recipients)
    {
        var language = MailLanguage.Of(mail.Language);
        var content = ContentOf(mail, language);
        var message = new MimeMessage { Subject = MailLayout.Subject(content), MessageId = mail.MessageId };
        message.From.Add(sender ?? new MailboxAddress("", $"sluice@{options.Value.MailHost}"));
        foreach (var recipient in recipients)
            message.To.Add(new MailboxAddress("", recipient));
        // RFC 3834: no program shall answer it, such as one that tells of a holiday.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("X-Sluice-Kind", mail.Kind);
        // The last alternative is the one that a program prefers which can show them all.
        message.Body = new MultipartAlternative(
            Part("plain", MailLayout.Text(content, language)), Part("html", MailLayout.Html(content, language)));
        message.Body.Headers.Add(HeaderId.ContentLanguage, language.Code);
        return message;
    }

    private MailContent ContentOf(OutgoingMail mail, MailLanguage language) => mail.Kind switch
    {
        ThresholdText.Warning or ThresholdText.Blocked =>
            ThresholdText.Write(mail.Kind, Read<ThresholdText.Model>(mail), language),
        InvitationText.Kind => InvitationText.Write(
            Read<InvitationText.Model>(mail), LinkOf(mail), mail.TimeZone, language),
        QuotaText.Requested or QuotaText.Decided =>
            QuotaText.Write(Read<QuotaText.Model>(mail), mail.TimeZone, language),
        TestText.Kind => TestText.Write(Read<TestText.Model>(mail), mail.TimeZone, language),
        _ => throw new JsonException($"no mail is of the kind '{mail.Kind}'"),
    };

    private string LinkOf(OutgoingMail mail) => Encoding.UTF8.GetString(
        secrets.OpenForMail(mail.Sealed ?? throw new JsonException("the mail has lost its link")));

    private static T Read<T>(OutgoingMail mail) =>
        JsonSerializer.Deserialize<T>(mail.Model, Json) ?? throw new JsonException("the mail has no model");

    private static TextPart Part(string subtype, string text)
    {
        var part = new TextPart(subtype) { ContentTransferEncoding = ContentEncoding.QuotedPrintable };
        part.SetText(Encoding.UTF8, text);
        return part;
    }
}
