using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Sluice.Api.Auth;
using Sluice.Api.Mail.Texts;
using Sluice.Api.Settings;
using Sluice.Storage.Mail;

namespace Sluice.Api.Mail;

/// <summary>Makes the message of a queued mail: the same for every attempt, except for whom it goes to.</summary>
internal sealed class MailComposer(IOptions<SluiceOptions> options, SealedSecrets secrets)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <exception cref="JsonException">The mail is of a kind, or has a model, that this program does not know.
    /// </exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The key of a sealed secret is gone.
    /// </exception>
    public MailMessage Compose(OutgoingMail mail, MailAddress? sender, IEnumerable<string> recipients)
    {
        var tongue = MailLanguage.Of(mail.Language);
        var content = ContentOf(mail, tongue);
        var message = new MailMessage
        {
            From = sender ?? new MailAddress($"sluice@{options.Value.MailHost}"),
            Subject = MailLayout.Subject(content),
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
        };
        foreach (var recipient in recipients)
            message.To.Add(new MailAddress(recipient));
        message.Headers.Add("Message-ID", $"<{mail.MessageId}>");
        // RFC 3834: no program shall answer it, such as one that tells of a holiday.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("Content-Language", tongue.Code);
        message.Headers.Add("X-Sluice-Kind", mail.Kind);
        // The last alternative is the one that a program prefers which can show them all.
        message.AlternateViews.Add(View(MailLayout.Text(content, tongue), MediaTypeNames.Text.Plain));
        message.AlternateViews.Add(View(MailLayout.Html(content, tongue), MediaTypeNames.Text.Html));
        return message;
    }

    private MailContent ContentOf(OutgoingMail mail, MailLanguage tongue) => mail.Kind switch
    {
        ThresholdText.Warning or ThresholdText.Blocked =>
            ThresholdText.Write(mail.Kind, Read<ThresholdText.Model>(mail), tongue),
        InvitationText.Kind => InvitationText.Write(
            Read<InvitationText.Model>(mail), LinkOf(mail), mail.TimeZone, tongue),
        QuotaText.Requested or QuotaText.Decided => QuotaText.Write(Read<QuotaText.Model>(mail), mail.TimeZone, tongue),
        TestText.Kind => TestText.Write(Read<TestText.Model>(mail), mail.TimeZone, tongue),
        _ => throw new JsonException($"no mail is of the kind '{mail.Kind}'"),
    };

    private string LinkOf(OutgoingMail mail) => Encoding.UTF8.GetString(
        secrets.OpenForMail(mail.Sealed ?? throw new JsonException("the mail has lost its link")));

    private static T Read<T>(OutgoingMail mail) =>
        JsonSerializer.Deserialize<T>(mail.Model, Json) ?? throw new JsonException("the mail has no model");

    private static AlternateView View(string text, string mediaType)
    {
        var view = AlternateView.CreateAlternateViewFromString(text, Encoding.UTF8, mediaType);
        view.TransferEncoding = TransferEncoding.QuotedPrintable;
        return view;
    }
}
