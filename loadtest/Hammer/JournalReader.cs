using System.Globalization;
using Sluice.LoadTest.Events;

namespace Sluice.LoadTest.Hammer;

/// <summary>Reads a journal. A last line cut off when its writer was killed is ignored.</summary>
internal sealed record JournalReader(string RunId, SendMode Mode, AckMode Ack, IReadOnlyList<JournalLine> Lines)
{
    private const int Columns = 5;

    /// <exception cref="FormatException">The file is not a journal; the message names the line.</exception>
    public static JournalReader Read(string path)
    {
        var text = File.ReadAllText(path);
        var lines = text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var header = lines.Length > 0 ? lines[0].Split('\t') : [];
        if (header.Length != 4 || header[0] != Journal.Header
            || !Enum.TryParse<SendMode>(header[2], out var mode) || !Enum.TryParse<AckMode>(header[3], out var ack))
        {
            throw new FormatException($"{path} is not a journal of hammer.");
        }

        var runId = header[1];
        return new JournalReader(runId, mode, ack, [.. lines.Skip(1).Select((line, i) => Parse(line, runId, i + 2))]);
    }

    private static JournalLine Parse(string line, string runId, int number)
    {
        var cells = line.Split('\t');
        var prefix = runId + "-";
        return cells.Length == Columns && cells[0].StartsWith(prefix, StringComparison.Ordinal)
            && long.TryParse(cells[0].AsSpan(prefix.Length), CultureInfo.InvariantCulture, out var id)
            && int.TryParse(cells[1], CultureInfo.InvariantCulture, out var status)
            && long.TryParse(cells[4], CultureInfo.InvariantCulture, out var tokens)
            ? new JournalLine(id, status, cells[2] == "1", cells[3], tokens)
            : throw new FormatException($"Line {number} of the journal is not an answer of run {runId}.");
    }
}
