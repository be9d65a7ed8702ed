using System.Text;
using Microsoft.Net.Http.Headers;

namespace Sluice.Api.Management.Usage;

/// <summary>Usage as a CSV table (RFC 4180) with a header line.</summary>
internal static class UsageCsv
{
    public const string ContentType = "text/csv; charset=utf-8";

    private const string NewLine = "\r\n";

    private const string MediaType = "text/csv";

    /// <summary>
    /// The first characters by which a spreadsheet takes a cell for a formula (OWASP, CSV injection).
    /// </summary>
    private const string FormulaStarts = "=+-@\t\r\n";

    /// <summary>Why the span before can't be in CSV.</summary>
    public static Task<Result<byte[]>> ComparesNothing { get; } = Task.FromResult<Result<byte[]>>(
        new Error.RulesBroken("compare", "json-only", "Must be omitted for CSV, which is one table."));

    /// <summary>
    /// Returns CSV or JSON, whichever the caller prefers, and tells caches that the response depends on that.
    /// </summary>
    public static async Task<ApiResult> AnswerAsync(
        HttpRequest http, Func<Task<Result<byte[]>>> csv, Func<Task<ApiResult>> json)
    {
        AddVary(http);
        return IsWanted(http) ? ApiResult.Of(await csv(), FileOf) : await json();
    }

    public static byte[] Write(IReadOnlyList<string> columns, IEnumerable<Dictionary<string, object?>> rows)
    {
        var text = new StringBuilder().AppendJoin(',', columns).Append(NewLine);
        return WriteRows(text, columns, rows);
    }

    /// <summary>Writes more rows of a table.</summary>
    public static byte[] WriteRows(IReadOnlyList<string> columns, IEnumerable<Dictionary<string, object?>> rows) =>
        WriteRows(new StringBuilder(), columns, rows);

    private static byte[] WriteRows(
        StringBuilder text, IReadOnlyList<string> columns, IEnumerable<Dictionary<string, object?>> rows)
    {
        foreach (var row in rows)
            text.AppendJoin(',', columns.Select(column => Field(row[column]))).Append(NewLine);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void AddVary(HttpRequest http) =>
        http.HttpContext.Response.Headers.AppendCommaSeparatedValues(HeaderNames.Vary, HeaderNames.Accept);

    private static ApiResult FileOf(byte[] csv) => ApiResult.Other(TypedResults.Bytes(csv, ContentType));

    /// <summary>Whether the caller names CSV and does not prefer JSON.</summary>
    private static bool IsWanted(HttpRequest http)
    {
        var accepted = http.GetTypedHeaders().Accept;
        var csv = QualityOf(MediaType);
        return csv > 0 && csv >= QualityOf("application/json");

        double QualityOf(string name) => accepted
            .Where(type => type.MediaType.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(static type => type.Quality ?? 1)
            .DefaultIfEmpty(0)
            .Max();
    }

    private static string Field(object? value)
    {
        var text = value switch
        {
            null => "",
            JsonDecimal number => number.Text,
            bool flag => flag ? "true" : "false",
            DateTimeOffset instant => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"),
            // Callers choose the names of models and members; numbers are not text, so a minus stays a minus.
            string name when name.Length > 0 && FormulaStarts.Contains(name[0]) => $"'{name}",
            _ => value.ToString()!,
        };
        return text.AsSpan().ContainsAny(',', '"', '\n') || text.Contains('\r')
            ? $"\"{text.Replace("\"", "\"\"")}\""
            : text;
    }
}
