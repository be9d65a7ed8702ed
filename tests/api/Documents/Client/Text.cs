using System.Text;
using System.Text.RegularExpressions;

namespace Sluice.Api.Tests.Documents.Client;

/// <summary>Names and comments as C# has them.</summary>
internal static partial class Text
{
    private const int LineMax = 120;

    /// <summary>
    /// Returns a name in Pascal case: <c>Quota requests</c> and <c>quota_requests</c> as QuotaRequests.
    /// </summary>
    public static string Pascal(string name) => string.Concat(
        name.Split(' ', '_', '-').Where(static part => part.Length > 0)
            .Select(static part => char.ToUpperInvariant(part[0]) + part[1..]));

    public static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    /// <summary>Adds a documentation comment, on one line if it fits.</summary>
    public static void Comment(StringBuilder code, string indent, string? text, string open, string close)
    {
        var words = Escape(string.IsNullOrWhiteSpace(text) ? "Not described." : text.Trim());
        var single = $"{indent}/// {open}{words}{close}";
        if (single.Length <= LineMax)
        {
            code.Append(single).Append('\n');
            return;
        }

        code.Append($"{indent}/// {open}\n");
        Wrap(code, $"{indent}/// ", words);
        code.Append($"{indent}/// {close}\n");
    }

    private static void Wrap(StringBuilder code, string prefix, string words)
    {
        var line = new StringBuilder(prefix);
        foreach (var word in words.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > prefix.Length && line.Length + 1 + word.Length > LineMax)
            {
                code.Append(line).Append('\n');
                line.Clear().Append(prefix);
            }

            if (line.Length > prefix.Length)
                line.Append(' ');
            line.Append(word);
        }

        code.Append(line).Append('\n');
    }

    private static string Escape(string text)
    {
        var xml = text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);
        return Code().Replace(xml, "<c>${code}</c>");
    }

    [GeneratedRegex("`(?<code>[^`]+)`", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Code();
}
