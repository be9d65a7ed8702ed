using MimeKit;
using SmtpServer;

namespace Sluice.TestSupport.Mail;

/// <summary>A mail as the server has received and read it.</summary>
public sealed record TakenMail(
    string From,
    IReadOnlyList<string> Recipients,
    string? User,
    bool Encrypted,
    IReadOnlyList<(string Name, string Value)> Headers,
    string Type,
    IReadOnlyList<TakenMail.Part> Parts)
{
    public sealed record Part(string Type, string? Charset, string Text);

    public string MessageId => Header("Message-ID").Trim('<', '>');

    public string Text => PartOf("text/plain");

    public string Html => PartOf("text/html");

    /// <summary>Reads a mail that has just arrived.</summary>
    public static TakenMail Of(
        MimeMessage message, ISessionContext session, string from, IReadOnlyList<string> recipients)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(session);
        return new(
            from,
            recipients,
            session.Authentication.IsAuthenticated ? session.Authentication.User : null,
            session.Pipe.IsSecure,
            [
                .. message.Headers.Concat(message.Body?.Headers ?? []).Select(
                    static header => (header.Field, header.Value)),
            ],
            message.Body?.ContentType.MimeType ?? "",
            [
                .. message.BodyParts.OfType<TextPart>().Select(static part =>
                    new Part(part.ContentType.MimeType, part.ContentType.Charset, part.Text)),
            ]);
    }

    /// <summary>Returns the value of a header that occurs once.</summary>
    /// <exception cref="InvalidOperationException">It is missing, or there are several.</exception>
    public string Header(string name) =>
        Headers.Single(header => string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase)).Value;

    private string PartOf(string type)
    {
        var part = Parts.Single(part => part.Type == type);
        return part.Charset != "utf-8"
            ? throw new InvalidOperationException($"The part {type} is written in {part.Charset}, not in utf-8.")
            : part.Text.ReplaceLineEndings("\n");
    }
}
