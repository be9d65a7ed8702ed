using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Sluice.Api.Mail.Texts;

namespace Sluice.Api.Pages;

/// <summary>Lays out the few pages for people: one column, no script, nothing from elsewhere.</summary>
internal static class PageLayout
{
    private const string Style =
        """
        :root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --back: #f6f8fa;
          --card: #fff; --link: #0a58ca; --bad: #b3261e; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e6edf3; --soft: #9da7b3; --line: #3d444d; --back: #0d1117; --card: #161b22; --link: #79b8ff;
            --bad: #ff8a80; }
        }
        * { box-sizing: border-box; }
        body { margin: 0; padding: 3rem 1rem; background: var(--back); color: var(--ink);
          font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
        main { max-width: 34rem; margin: 0 auto; padding: 2rem; background: var(--card);
          border: 1px solid var(--line); border-radius: 0.75rem; }
        h1 { margin: 0 0 1rem; font-size: 1.4rem; line-height: 1.3; }
        h2 { margin: 1.5rem 0 0.5rem; font-size: 1.05rem; }
        p { margin: 0 0 1rem; }
        a { color: var(--link); }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.35rem 1.25rem; margin: 0 0 1.5rem; }
        dt { color: var(--soft); }
        dd { margin: 0; overflow-wrap: anywhere; }
        label { display: block; margin: 1rem 0 0.25rem; font-weight: 600; }
        input { width: 100%; padding: 0.55rem 0.7rem; font: inherit; color: inherit; background: var(--back);
          border: 1px solid var(--line); border-radius: 0.4rem; }
        input[aria-invalid=true] { border-color: var(--bad); }
        .hint { margin: 0.25rem 0 0; color: var(--soft); font-size: 0.875rem; }
        .broken { margin: 0.25rem 0 0; color: var(--bad); font-size: 0.9rem; }
        button { margin-top: 1.5rem; padding: 0.6rem 1.4rem; font: inherit; font-weight: 600; color: #fff;
          background: #0a58ca; border: 0; border-radius: 0.4rem; cursor: pointer; }
        :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
        pre { padding: 0.75rem; overflow-x: auto; background: var(--back); border: 1px solid var(--line);
          border-radius: 0.4rem; font-size: 0.85rem; white-space: pre-wrap; overflow-wrap: anywhere; }
        """;

    /// <summary>Keeps accents and escapes everything that has a meaning in HTML.</summary>
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>
    /// The policy of every page: its own style and a form that posts to where it came from; no script, no frame.
    /// </summary>
    public static readonly string ContentSecurityPolicy =
        $"default-src 'none'; style-src 'sha256-{HashOf(Style)}'; form-action 'self'; base-uri 'none'; "
        + "frame-ancestors 'none'";

    /// <summary>Returns a page.</summary>
    /// <param name="title">Its title, not escaped.</param>
    /// <param name="body">Its content, as HTML.</param>
    /// <param name="language">The language of both.</param>
    public static string Page(string title, string body, MailLanguage language) =>
        $"""
        <!DOCTYPE html>
        <html lang="{language.Code}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Text(title)}</title>
        <style>{Style}</style>
        </head>
        <body>
        <main>
        <h1>{Text(title)}</h1>
        {body}
        </main>
        </body>
        </html>

        """;

    /// <summary>Escapes a text.</summary>
    public static string Text(string text) => Encoder.Encode(text);

    private static string HashOf(string style) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));

    /// <summary>Returns a paragraph of a text that is not escaped yet.</summary>
    public static string Paragraph(string text) => $"<p>{Text(text)}</p>";

    /// <summary>Returns a list of names and values, which are not escaped yet.</summary>
    public static string Facts(params IEnumerable<(string Name, string Value)> facts) => string.Concat(
        facts.Select(static fact => $"<dt>{Text(fact.Name)}</dt><dd>{Text(fact.Value)}</dd>")
            .Prepend("<dl>").Append("</dl>"));
}
