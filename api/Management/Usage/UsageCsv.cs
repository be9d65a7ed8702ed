using System.Text;
using Sluice.Api.Wire;

namespace Sluice.Api.Management.Usage;

/// <summary>A table of usage as CSV (RFC 4180), with a heading.</summary>
internal static class UsageCsv
{
    public const string ContentType = "text/csv; charset=utf-8";

    private const string NewLine = "\r\n";

    /// <summary>Whether the caller would rather have CSV than JSON.</summary>
    public static bool IsWanted(HttpRequest http) => http.GetTypedHeaders().Accept
        .Any(static type => type.MediaType.Equals("text/csv", StringComparison.OrdinalIgnoreCase));

    public static byte[] Write(IReadOnlyList<string> columns, IEnumerable<Dictionary<string, object?>> rows)
    {
        var text = new StringBuilder().AppendJoin(',', columns).Append(NewLine);
        foreach (var row in rows)
            text.AppendJoin(',', columns.Select(column => Field(row[column]))).Append(NewLine);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Field(object? value)
    {
        var text = value switch
        {
            null => "",
            NumberText number => number.Text,
            DateTimeOffset instant => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"),
            _ => value.ToString()!,
        };
        return text.AsSpan().ContainsAny(',', '"', '\n') || text.Contains('\r')
            ? $"\"{text.Replace("\"", "\"\"")}\""
            : text;
    }
}
