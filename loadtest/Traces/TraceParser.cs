using System.Globalization;

namespace Sluice.LoadTest.Traces;

/// <summary>
/// Parses the CSV of the Azure LLM inference traces: columns by header name, any order, CRLF or LF, times in UTC. The
/// format has no quoting, so neither has the parser.
/// </summary>
internal static class TraceParser
{
    private const string Timestamp = "TIMESTAMP";
    private const string ContextTokens = "ContextTokens";
    private const string GeneratedTokens = "GeneratedTokens";

    /// <exception cref="FormatException">A row or the header is malformed; the message names the line.</exception>
    public static TraceRow[] Parse(TextReader csv)
    {
        var header = (csv.ReadLine() ?? throw new FormatException("The trace is empty.")).Split(',');
        var timestampColumn = ColumnOf(header, Timestamp);
        var contextColumn = ColumnOf(header, ContextTokens);
        var generatedColumn = ColumnOf(header, GeneratedTokens);

        var rows = new List<TraceRow>();
        DateTime? first = null;
        for (var line = 2; csv.ReadLine() is { } text; line++)
        {
            if (text.Length == 0)
                continue;
            var cells = text.Split(',');
            if (cells.Length != header.Length)
                throw new FormatException($"Line {line} has {cells.Length} columns, the header has {header.Length}.");
            var time = ParseTime(cells[timestampColumn], line);
            first ??= time;
            rows.Add(new TraceRow(
                time - first.Value,
                ParseTokens(cells[contextColumn], line),
                ParseTokens(cells[generatedColumn], line)));
        }

        return [.. rows];
    }

    private static int ColumnOf(string[] header, string name)
    {
        var column = Array.FindIndex(header, cell => cell.Trim().Equals(name, StringComparison.OrdinalIgnoreCase));
        return column >= 0 ? column : throw new FormatException($"The header has no column {name}.");
    }

    private static DateTime ParseTime(string cell, int line) =>
        DateTime.TryParse(
            cell,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time)
            ? time
            : throw new FormatException($"Line {line}: '{cell}' is not a time.");

    private static long ParseTokens(string cell, int line) =>
        long.TryParse(cell, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture, out var tokens)
            ? tokens
            : throw new FormatException($"Line {line}: '{cell}' is not a number of tokens.");
}
