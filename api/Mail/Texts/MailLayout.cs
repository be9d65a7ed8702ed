using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Sluice.Api.Mail.Texts;

/// <summary>Lays a mail out as plain text, and as HTML with the same content.</summary>
internal static class MailLayout
{
    /// <summary>The longest subject: mail programs show less, and header lines are limited.</summary>
    private const int SubjectMax = 200;

    /// <summary>Keeps accents and escapes everything that has a meaning in HTML.</summary>
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Returns the subject for a mail header; a user-defined name in it can't start another header.</summary>
    public static string Subject(MailContent content)
    {
        var line = OneLine(content.Subject);
        return line.Length <= SubjectMax ? line : $"{line[..(SubjectMax - 1)]}…";
    }

    public static string Text(MailContent content, MailLanguage language)
    {
        var text = new StringBuilder();
        foreach (var paragraph in content.Opening)
            text.Append(OneLine(paragraph)).Append("\r\n\r\n");
        foreach (var fact in content.Facts)
        {
            // Lines after the first are indented, so that none of them can pass for a fact of ours.
            text.Append(fact.Label).Append(language.Colon).AppendJoin("\r\n  ", fact.Lines.Select(OneLine))
                .Append("\r\n");
        }

        text.Append("\r\n");
        if (content.Link is { } link)
            text.Append(link.Label).Append(language.Colon).Append("\r\n").Append(link.Address).Append("\r\n\r\n");
        foreach (var paragraph in content.Closing)
            text.Append(OneLine(paragraph)).Append("\r\n");
        return text.ToString();
    }

    /// <summary>
    /// Lays the mail out as HTML without external content or scripts; screen readers get the language and what labels
    /// what.
    /// </summary>
    public static string Html(MailContent content, MailLanguage language)
    {
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html>\r\n<html lang=\"").Append(language.Code).Append("\">\r\n<head>\r\n")
            .Append("<meta charset=\"utf-8\">\r\n<title>").Append(Escape(Subject(content)))
            .Append("</title>\r\n</head>\r\n")
            .Append("<body style=\"font-family: sans-serif; line-height: 1.5; color: #1a1a1a; max-width: 40em\">\r\n");
        foreach (var paragraph in content.Opening)
            Paragraph(html, paragraph);
        html.Append("<table style=\"border-collapse: collapse\">\r\n");
        foreach (var fact in content.Facts)
        {
            html.Append("<tr><th scope=\"row\" style=\"text-align: left; padding: 0.2em 1.5em 0.2em 0\">")
                .Append(Escape(fact.Label)).Append("</th><td>")
                .AppendJoin("<br>\r\n", fact.Lines.Select(static line => Escape(OneLine(line))))
                .Append("</td></tr>\r\n");
        }

        html.Append("</table>\r\n");
        if (content.Link is { } link)
        {
            html.Append("<p><a href=\"").Append(Escape(link.Address)).Append("\">").Append(Escape(link.Label))
                .Append("</a></p>\r\n");
        }

        foreach (var paragraph in content.Closing)
            Paragraph(html, paragraph);
        return html.Append("</body>\r\n</html>\r\n").ToString();
    }

    private static void Paragraph(StringBuilder html, string text) =>
        html.Append("<p>").Append(Escape(OneLine(text))).Append("</p>\r\n");

    private static string Escape(string text) => Encoder.Encode(text);

    private static string OneLine(string text) => text.Any(IsBreak)
        ? string.Concat(text.Select(static c => IsBreak(c) ? ' ' : c))
        : text;

    private static bool IsBreak(char c) => char.IsControl(c) || c is '\u2028' or '\u2029';
}
